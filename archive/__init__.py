"""The Coercive Recruitment Archive: reporting on people pressed into armed service, and who says so."""

__version__ = "0.1.0"
