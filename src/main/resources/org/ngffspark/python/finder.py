

def _ngff_spark_answer():
    """Calls a function that finds objects, and tells the label patch that it returned as a note."""
    import base64
    import inspect
    import json
    import zlib

    import numpy

    function = {function}
    signature = inspect.signature(function)
    if "notes" in signature.parameters:
        raise TypeError("a function that finds objects has no notes")

    def answer(*given, notes, **named):
        found = numpy.asarray(function(*given, **named))
        if found.dtype.kind not in "biu":
            raise TypeError(f"it must return an array of integers, it returned one of {found.dtype}")
        if found.size and not 0 <= int(found.min()) <= int(found.max()) < 2**32:
            raise ValueError(f"labels are 0 to 2**32 - 1, it returned {int(found.min())} to {int(found.max())}")
        data = base64.b64encode(zlib.compress(numpy.ascontiguousarray(found, "<u4"), 1))
        notes.append(json.dumps({"shape": found.shape, "data": data.decode("ascii")}))

    declared = list(signature.parameters.values())
    rest = [each for each in declared if each.kind is each.VAR_KEYWORD]
    asked = [each for each in declared if each.kind is not each.VAR_KEYWORD]
    notes = inspect.Parameter("notes", inspect.Parameter.KEYWORD_ONLY)
    answer.__signature__ = signature.replace(parameters=[*asked, notes, *rest])
    answer.__wrapped__ = function
    answer.__doc__ = function.__doc__
    return answer


ngff_spark_answer = _ngff_spark_answer()
