

def _ngff_spark_answer():
    """Calls a function that measures, and tells what it returned as a note."""
    import inspect
    import json

    function = {function}
    signature = inspect.signature(function)
    if "notes" in signature.parameters:
        raise TypeError("a function that measures has no notes")

    def answer(*given, notes, **named):
        row = function(*given, **named)
        if not isinstance(row, dict):
            raise TypeError(f"it must return a dict of numbers by name, it returned a {type(row).__name__}")
        texts = {str(name): "nan" if value is None else float(value).hex() for name, value in row.items()}
        notes.append(json.dumps(texts))

    declared = list(signature.parameters.values())
    rest = [each for each in declared if each.kind is each.VAR_KEYWORD]
    asked = [each for each in declared if each.kind is not each.VAR_KEYWORD]
    notes = inspect.Parameter("notes", inspect.Parameter.KEYWORD_ONLY)
    answer.__signature__ = signature.replace(parameters=[*asked, notes, *rest])
    answer.__wrapped__ = function
    answer.__doc__ = function.__doc__
    return answer


ngff_spark_answer = _ngff_spark_answer()
