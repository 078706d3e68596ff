"""``python -m benchmarks [list import print acreage]``: measure the claims, all or some of them."""

import importlib
import sys

from benchmarks.measuring import Measurement, machine

ALL = {"list": "contract_list", "import": "register_import", "print": "print_run", "acreage": "acreage"}


def main() -> None:
    """Measure what the command line names and tell each as it is done."""
    chosen = sys.argv[1:] or list(ALL)
    print(machine(), flush=True)
    for name in chosen:
        measurement: Measurement
        for measurement in importlib.import_module(f"benchmarks.{ALL[name]}").measure():
            print(f"\n{measurement.told()}", flush=True)


if __name__ == "__main__":
    main()
