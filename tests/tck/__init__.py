"""Runs test cases in the format of the DMN Technology Compatibility Kit (`testCases.xsd`)."""
