import pickle
from pathlib import Path
from jingban.budget.figures import YearFigures
from jingban.budget.models import Unit
from jingban.disclosure.report import build
from jingban.disclosure.rows import Rows
from jingban.disclosure.package import _render
def dump(style, name):
    figures = YearFigures(Unit.objects.get(), 2020)
    r = build(figures, style)
    out = Path("/tmp/dis") / name; out.mkdir(exist_ok=True)
    (out / "report.pickle").write_bytes(pickle.dumps(r))
    for f in ("docx","xlsx","html","txt","pdf"):
        (out / f"r.{f}").write_bytes(_render(r, f, Rows(figures.book)))
def test_a(shifeng): dump("hunan", "hunan")
def test_b(miyi): dump("sichuan", "sichuan")
