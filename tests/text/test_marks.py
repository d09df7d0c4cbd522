"""Posts and pages that a text points to."""

import pytest
from hypothesis import given

from archive.text import marks
from tests.text.made_up import any_text


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Text. pic.twitter.com/Ab3dE6gHij", ["x picture: Ab3dE6gHij"]),
        ("https://x.com/a_name/status/1234567890123456789?s=20", ["x: 1234567890123456789"]),
        ("https://twitter.com/i/web/status/1234567890123456789", ["x: 1234567890123456789"]),
        ("t.me/Some_Channel/4711 t.me/some_channel/4711", ["telegram: some_channel/4711"]),
        ("facebook.com/A.Name/posts/123456 facebook.com/a.name/posts/123456", ["facebook: a.name/posts/123456"]),
        ("vk.com/Wall-123_45 vk.com/wall-123_45", ["vk: wall-123_45"]),
        ("see https://t.me/s/some_channel/4711, and t.me/some_channel/4711", ["telegram: some_channel/4711"]),
        ("https://vk.com/feed?w=wall-123_45", ["vk: wall-123_45"]),
        ("youtu.be/a-b_c123456 and youtube.com/watch?v=a-b_c123456", ["youtube: a-b_c123456"]),
        ("https://www.tiktok.com/@a.name/video/7123456789012345678", ["tiktok: 7123456789012345678"]),
        ("a letter to name@x.com/status, nothing.com/status/123456", []),
    ],
)
def test_a_post_is_known_by_its_service_and_id(text: str, found: list[str]):
    assert marks.posts(text) == found


def test_links_are_pages_in_one_spelling_and_neither_posts_nor_hosts():
    text = (
        "(https://www.a.example/report/?utm_source=x) http://a.example/report, https://a.example/ "
        "https://t.me/channel_name/12 https://[broken/x «https://b.example/what?id=2»."
    )

    assert marks.links(text) == ["a.example/report", "b.example/what?id=2"]


@given(any_text)
def test_any_text_points_to_a_bounded_number_of_things(text: str):
    for found in (marks.posts(text * 3), marks.links(text * 3)):
        assert len(found) == len(set(found)) <= marks.MOST
