"""What every request passes on its way in, and every answer on its way out.

`gate` refuses bytes that nothing behind it could read; `headers` says what a browser may do with an
answer; `outage` turns a database that is down into 503; `etags` spares unchanged public pages;
`sign_ins` notes when a sign-in is used, and leads to the second factor where one is required.
"""
