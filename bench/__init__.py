"""The kit's figures, taken on this machine: ``python -m bench``, or ``make bench``.

Each module takes one kind of figure with one public function, and its docstring says how it
measures: ``page`` (from a click to a lesson that can be answered, beside stock Voila, and where
the time goes), ``crowd`` (a class that opens a lesson at once), ``feedback`` (from Check to
feedback), ``startup`` (imports, and the server's start), ``kernels`` (one kernel's start and
memory), ``many`` (what is left of ten thousand) and ``survival`` (answers that outlive
``kill -9``). The others are what these stand on.
"""
