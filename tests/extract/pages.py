"""A page written for these tests, with all that pages have."""

WORDS = "The office said on Monday that it had called seventy people, and that more of them would be called in autumn."
MORE = (
    "Nobody who was asked by a reporter could say how many of the seventy had signed a contract before the end of it."
)

PAGE = f"""<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="utf-8">
<title>Office calls seventy people | Example News</title>
<link rel="canonical" href="/2024/07/02/office?utm_source=feed">
<meta property="og:title" content="Office calls seventy people - Example News">
<meta property="og:site_name" content="Example News">
<meta property="article:published_time" content="2024-07-02T09:00:00+03:00">
<script type="application/ld+json">{{"@context": "https://schema.org", "@graph": [{{"@type": "NewsArticle",
"headline": "Office calls seventy people", "author": [{{"@type": "Person", "name": "A. Writer"}}],
"datePublished": "2024-07-02T09:00:00+03:00", "publisher": {{"name": "Example News"}}}}]}}</script>
<style>p {{ color: red }}</style></head><body>
<nav><ul><li><a href="/">Front page</a></li><li><a href="/town">Town</a></li></ul></nav>
<article><h1>Office calls seventy people</h1>
<p class="standfirst">More of them would be called in autumn, it said.</p>
<p class="byline">By A. Writer, 2 July 2024</p>
<p>{WORDS}</p>
<figure><img src="a.jpg" alt=""><figcaption>The office, seen from the street</figcaption></figure>
<p>{MORE}</p>
<blockquote class="twitter-tweet"><p>We called seventy.</p>&mdash; The Office (@office)
<a href="https://x.example/1">July 1, 2024</a></blockquote>
<p>{WORDS.replace("Monday", "Tuesday")}</p>
<p style="display:none">Seen by no reader</p>
</article>
<aside class="related"><a href="/other">Another office calls a hundred people in another town</a></aside>
<footer><p>Copyright © 2024 Example News. All rights reserved.</p></footer>
<script>var a = "never text";</script></body></html>"""
