"""The kit's figures, taken on this machine: ``python -m bench``, or ``make bench``.

Each module takes one kind of figure with one public function, and its docstring says how it
measures: ``page`` (from a click to a lesson that can be answered, beside stock Voila),
``feedback`` (from Check to feedback), ``startup`` (imports, and the server's start) and
``survival`` (answers that outlive ``kill -9``). The others are what these stand on.
"""
