"""The gate: what cannot be read as text is answered 400, 413 or 414, with a page that says so."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.wsgi import get_wsgi_application
from django.test import Client, RequestFactory

from archive.middleware import gate

PUBLIC_PAGE = "/robots.txt"
FORM = "application/x-www-form-urlencoded"
NOT_TEXT = ["%00", "a%00b", "%ff", "%c3%28", "%ed%a0%80", "%f8%88%80%80%80"]
ODD_BUT_TEXT = ["%F0%9F%98%80", "%EF%BF%BD", "%u0000", "%zz", "%", "\\x00", "%E2%80%AE", "9" * 4000]


@pytest.mark.parametrize("odd", NOT_TEXT)
def test_a_path_that_is_not_text_is_400(client: Client, odd: str):
    assert client.get(f"/articles/{odd}/").status_code == 400


@pytest.mark.parametrize("odd", NOT_TEXT)
@pytest.mark.parametrize("place", ["?q={}", "?{}=1", "?q=1&q={}"])
def test_a_query_that_is_not_text_is_400(client: Client, odd: str, place: str):
    assert client.get(PUBLIC_PAGE + place.format(odd)).status_code == 400


@pytest.mark.parametrize("odd", ODD_BUT_TEXT)
def test_a_query_that_is_odd_text_passes(client: Client, odd: str):
    assert client.get(f"{PUBLIC_PAGE}?q={odd}").status_code == 200


@pytest.mark.parametrize("odd", ["\0", "\xff", "\xed\xa0\x80", "\ud800", "Ā"])
@pytest.mark.parametrize("header", ["HTTP_ACCEPT_LANGUAGE", "HTTP_X_ANYTHING", "CONTENT_TYPE", "HTTP_COOKIE"])
def test_a_header_that_is_not_text_is_400(client: Client, header: str, odd: str):
    assert client.get(PUBLIC_PAGE, **{header: f"a{odd}b"}).status_code == 400


@pytest.mark.parametrize("cookie", ['sessionid="\\000abcdefghij"', 'other="a\\000"', 'a="\\000"; sessionid=x'])
def test_a_cookie_with_an_escaped_nul_is_400(client: Client, cookie: str):
    assert client.get(PUBLIC_PAGE, HTTP_COOKIE=cookie).status_code == 400


def status_from_server(content_type: str) -> int:
    """Ask the whole server, as gunicorn does: this happens before Django's own handler."""
    environ = RequestFactory().get(f"{PUBLIC_PAGE}?q=x").environ | {"CONTENT_TYPE": content_type}
    lines: list[str] = []
    answer = gate.in_utf8(get_wsgi_application())(environ, lambda line, headers: lines.append(line))
    assert b"".join(answer)
    return int(lines[0].split()[0])


@pytest.mark.parametrize("charset", ["rot13", "utf-7", "utf-16", "hex", "no-such", "latin-1", "undefined", "\0"])
def test_a_request_in_another_encoding_is_400(charset: str):
    assert status_from_server(f"text/plain; charset={charset}") == 400


@pytest.mark.django_db
@pytest.mark.parametrize("charset", ["utf-8", "UTF8", '"utf-8"', "us-ascii"])
def test_a_request_that_declares_utf8_is_answered(charset: str):
    assert status_from_server(f"text/plain; charset={charset}") == 200


@pytest.mark.django_db
@pytest.mark.parametrize(
    "odd", ["text/plain; charset*=rot13''%41", "multipart/form-data; charset*=x'y'%ff", ";" * 9000]
)
def test_an_odd_content_type_is_never_a_server_error(odd: str):
    assert status_from_server(odd) in {200, 400}


@pytest.mark.parametrize("odd", NOT_TEXT)
@pytest.mark.parametrize("field", ["name={}", "{}=value"])
def test_a_form_that_is_not_text_is_400(client: Client, odd: str, field: str):
    assert client.post(PUBLIC_PAGE, field.format(odd), content_type=FORM).status_code == 400


@pytest.mark.parametrize("odd", ODD_BUT_TEXT)
def test_a_form_with_odd_text_reaches_the_page(client: Client, odd: str):
    assert client.post(PUBLIC_PAGE, f"name={odd}", content_type=FORM).status_code == 405


@pytest.mark.parametrize("odd", [b"\0", b"\xff", b"\xed\xa0\x80"])
def test_a_multipart_field_that_is_not_text_is_400(client: Client, odd: bytes):
    body = b'--x\r\nContent-Disposition: form-data; name="field"\r\n\r\nvalue ' + odd + b"\r\n--x--\r\n"

    assert client.post(PUBLIC_PAGE, body, content_type="multipart/form-data; boundary=x").status_code == 400


@pytest.mark.parametrize(
    "name", [b'filename="a\0b"', b'filename="a\xffb"', b"filename*=rot13''%41", b"filename*=utf-8''a%00b%ff"]
)
def test_a_file_name_that_is_not_text_reaches_no_page(name: bytes):
    head = b'--x\r\nContent-Disposition: form-data; name="file"; ' + name + b"\r\n"
    body = head + b"Content-Type: text/plain\r\n\r\nbytes\r\n--x--\r\n"
    request = RequestFactory().post(PUBLIC_PAGE, body, content_type="multipart/form-data; boundary=x")
    names: list[str] = []

    gate.CleanRequestGate(lambda passed: names.extend(file.name for file in passed.FILES.values()))(request)

    assert all(name.isprintable() and "\N{REPLACEMENT CHARACTER}" not in name for name in names)


def test_the_bytes_of_a_file_may_be_anything(client: Client):
    picture = SimpleUploadedFile("picture.png", b"\0\xff\xfe")

    assert client.post(PUBLIC_PAGE, {"file": picture}).status_code == 405


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
        (b"no boundary", "multipart/form-data"),
        (b"odd boundary", "multipart/form-data; boundary=\x01"),
        (
            b'--x\r\nContent-Disposition: form-data; name="a"\r\nContent-Transfer-Encoding: base64\r\n\r\n!\r\n--x--',
            "multipart/form-data; boundary=x",
        ),
        ("&".join(f"field{number}=1" for number in range(1500)).encode(), FORM),
    ],
    ids=["cut", "no boundary", "odd boundary", "odd base64", "too many fields"],
)
def test_a_broken_form_is_never_a_server_error(client: Client, body: bytes, kind: str):
    assert client.post(PUBLIC_PAGE, body, content_type=kind).status_code in {400, 405}


def test_too_many_fields_are_400(client: Client):
    body = "&".join(f"field{number}=1" for number in range(1500))

    assert client.post(PUBLIC_PAGE, body, content_type=FORM).status_code == 400


@pytest.mark.parametrize("length", ["-1", "x", "1e9", "9" * 5000])
def test_a_length_that_is_no_number_is_never_a_server_error(client: Client, length: str):
    assert client.post(PUBLIC_PAGE, "a=1", content_type=FORM, CONTENT_LENGTH=length).status_code in {400, 405, 413}


def test_a_form_that_is_too_large_is_413(client: Client, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100

    assert client.post(PUBLIC_PAGE, "a=" + "b" * 200, content_type=FORM).status_code == 413


def test_a_request_that_is_too_large_is_413_before_it_is_read(client: Client, settings):
    settings.REQUEST_LIMIT = 100

    assert client.post(PUBLIC_PAGE, {"file": SimpleUploadedFile("a", b"x" * 200)}).status_code == 413


def test_an_address_that_is_too_long_is_414(client: Client):
    assert client.get(f"{PUBLIC_PAGE}?q={'a' * 9000}").status_code == 414


@pytest.mark.parametrize("host", ["elsewhere.example", "a b", "[::1", "-", ""])
def test_another_host_is_400(client: Client, host: str):
    assert client.get(PUBLIC_PAGE, HTTP_HOST=host).status_code == 400


def test_a_refusal_says_what_to_do_and_repeats_nothing(client: Client):
    answer = client.get("/articles/%00marker/?marker=%ff")

    page = answer.content.decode()
    assert "could not be read" in page
    assert "marker" not in page
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
