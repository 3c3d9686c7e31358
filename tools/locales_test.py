#!/usr/bin/env python3
"""What locales.py must find, on small catalogues of its own."""
import json
import pathlib
import tempfile
import unittest

import locales


class Locales(unittest.TestCase):
    def found(self, en, vi, ur):
        with tempfile.TemporaryDirectory() as folder:
            for lang, entries in (("en", en), ("vi", vi), ("ur", ur)):
                (pathlib.Path(folder) / lang).mkdir()
                (pathlib.Path(folder) / lang / "a.json").write_text(json.dumps(entries))
            return [line.replace(folder, "l") for line in locales.findings(pathlib.Path(folder))]

    def test_complete_catalogues_are_fine(self):
        one = {"k": "{n, plural, one {# unit of {all}} other {# units of {all}}}"}
        self.assertEqual(self.found(one, {"k": "{n} đơn vị của {all}"}, {"k": "{n} {all}"}), [])

    def test_a_missing_key_is_told(self):
        self.assertEqual(self.found({"k": "a"}, {"k": "b"}, {}), ["l/ur/a.json: k is missing"])

    def test_other_arguments_are_told(self):
        self.assertEqual(
            self.found({"k": "{a}"}, {"k": "{b}"}, {"k": "{a}"}),
            ["l/vi/a.json: k: arguments ['b'], in English ['a']"])

    def test_a_straight_apostrophe_is_told(self):
        self.assertIn("l/en/a.json: k: write ’ instead of ', which ICU reads as a quote",
                      self.found({"k": "unit's"}, {"k": "b"}, {"k": "c"}))


if __name__ == "__main__":
    unittest.main()
