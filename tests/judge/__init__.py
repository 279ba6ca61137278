"""What Excel demands of a package, part by part; `tests.package_checker` is its entry."""
