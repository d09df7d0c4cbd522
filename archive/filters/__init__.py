"""What may be asked of each list, and what is answered to a question that cannot be understood."""
