#!/usr/bin/env python3
"""What layers.py must find, on small trees of its own."""
import pathlib
import tempfile
import unittest

import layers


class Layers(unittest.TestCase):
    def found(self, layers_text, **files):
        with tempfile.TemporaryDirectory() as folder:
            src = pathlib.Path(folder)
            (src / "LAYERS").write_text(layers_text)
            for name, text in files.items():
                path = src / name.replace("__", "/").replace("_cpp", ".cpp")
                path.parent.mkdir(exist_ok=True)
                path.write_text(text)
            return [line.replace(folder, "src") for line in layers.findings(src)]

    def test_a_permitted_and_used_include_is_fine(self):
        self.assertEqual(self.found("base:\nweb: base\n", web__a_cpp='#include "base/b.h"\n'), [])

    def test_a_forbidden_include_is_told_with_its_line(self):
        self.assertEqual(
            self.found("base:\nweb:\n", base__a_cpp='\n#include "web/b.h"\n'),
            ["src/base/a.cpp:2: base may not include web (see LAYERS)"],
        )

    def test_an_unused_permission_is_told(self):
        self.assertEqual(
            self.found("base:\nweb: base\n", web__a_cpp="#include <map>\n"),
            ["src/LAYERS: web may include base, but nothing does"],
        )

    def test_a_folder_outside_the_list_is_told(self):
        self.assertEqual(self.found("base:\n", odd__a_cpp=""), ["src/odd/a.cpp: folder odd is not in LAYERS"])

    def test_a_layer_may_only_name_those_above_it(self):
        with self.assertRaises(SystemExit):
            layers.read_layers("web: base\nbase:\n")


if __name__ == "__main__":
    unittest.main()
