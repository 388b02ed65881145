"""The same three formulas in OpenFisca-core, in a process and virtual environment of its own: prints one JSON line.

Input: the columns of the Parquet facts as plain int32 files (written by ``run.py``). Parameters by county are the same
everywhere here, so a plain dated parameter serves. Amounts are ``int`` variables (int32), totals are summed as int64.
The certificate and the lines are outside its reach: it computes ``items``, once (``items``, ``month``) or for each of six
months (``backpay``); it never compares with what was paid.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import numpy
from openfisca_core.entities import build_entity
from openfisca_core.parameters import ParameterNode
from openfisca_core.periods import DateUnit, period
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

Person = build_entity(key="person", plural="persons", label="Person", is_person=True)


class start_month(Variable):
    value_type = int
    entity = Person
    definition_period = DateUnit.ETERNITY


class paid_years(Variable):
    value_type = int
    entity = Person
    definition_period = DateUnit.ETERNITY


class balance_fen(Variable):
    value_type = int
    entity = Person
    definition_period = DateUnit.ETERNITY


class entitled(Variable):
    value_type = bool
    entity = Person
    definition_period = DateUnit.MONTH

    def formula(person, at):
        return person("start_month", at) <= at.start.year * 12 + at.start.month - 1


class basic_fen(Variable):
    value_type = int
    entity = Person
    definition_period = DateUnit.MONTH

    def formula(person, at, parameters):
        return person("entitled", at) * parameters(at).basic


class years_fen(Variable):
    value_type = int
    entity = Person
    definition_period = DateUnit.MONTH

    def formula(person, at, parameters):
        beyond = numpy.maximum(person("paid_years", at) - 15, 0)
        return person("entitled", at) * beyond * parameters(at).years_unit


class annuity_fen(Variable):
    value_type = int
    entity = Person
    definition_period = DateUnit.MONTH

    def formula(person, at):
        return person("entitled", at) * ((2 * person("balance_fen", at) + 139) // 278)


def system() -> TaxBenefitSystem:
    made = TaxBenefitSystem([Person])
    made.add_variables(start_month, paid_years, balance_fen, entitled, basic_fen, years_fen, annuity_fen)
    made.parameters = ParameterNode(
        "",
        data={
            "basic": {"values": {"2010-01-01": {"value": 10300}, "2020-01-01": {"value": 11300}}},
            "years_unit": {"values": {"2010-01-01": {"value": 200}}},
        },
    )
    return made


def main() -> None:
    case, folder = sys.argv[1], Path(sys.argv[2])
    started = time.perf_counter()
    columns = {
        name: numpy.fromfile(folder / f"{name}.int32", dtype=numpy.int32)
        for name in ("start_month", "paid_years", "balance_fen")
    }
    builder = SimulationBuilder()
    simulation = builder.build_default_simulation(system(), len(columns["start_month"]))
    for name, values in columns.items():
        simulation.set_input(name, period(DateUnit.ETERNITY), values)
    loaded = time.perf_counter()
    rows = fen = 0
    for number in range(1, 7 if case == "backpay" else 2):
        for name in ("basic_fen", "years_fen", "annuity_fen"):
            amounts = simulation.calculate(name, f"2020-{number:02d}")
            rows += int(numpy.count_nonzero(amounts))
            fen += int(amounts.sum(dtype=numpy.int64))
    done = time.perf_counter()
    status = Path("/proc/self/status").read_text("utf-8")
    peak = int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))) / 1024
    print(
        json.dumps(
            {
                "rows": rows,
                "fen": fen,
                "seconds": done - started,
                "building": done - loaded,
                "peak_mib": peak,
                "cpu": time.process_time(),
            }
        )
    )


if __name__ == "__main__":
    main()
