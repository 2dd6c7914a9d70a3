"""Counts CloudTrail records by eventName, as one would write it with Python's own json: group_by.py FOLDER CORES."""
import collections
import glob
import gzip
import json
import multiprocessing
import sys


def count(path):
    with gzip.open(path) as file:
        return collections.Counter(record["eventName"] for record in json.load(file)["Records"])


def main():
    files = glob.glob(f"{sys.argv[1]}/**/*.json.gz", recursive=True)
    names = collections.Counter()
    if sys.argv[2] == "1":
        for path in files:
            names.update(count(path))
    else:
        with multiprocessing.Pool(int(sys.argv[2])) as pool:
            for some in pool.imap_unordered(count, files, chunksize=4):
                names.update(some)
    print(sum(names.values()))


if __name__ == "__main__":
    main()
