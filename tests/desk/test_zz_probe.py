import time, cProfile, pstats
import pytest
from tests.desk.acts import *
pytestmark = pytest.mark.django_db
def test_probe(desk):
    for kind in ("article","outlet"):
        r = FACTORIES[kind]()
        a = address_of(r, kind)
        desk.get(a)
        p=cProfile.Profile(); p.enable()
        for _ in range(10): desk.get(a)
        p.disable(); pstats.Stats(p).sort_stats("cumtime").print_stats("widgets|template/(base|loader)|sql|boundfield|middleware|archive", 40)
