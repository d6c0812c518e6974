// Where Go's package math gives other bits than C's.
#pragma once

namespace celldrift::sprig {

// math.Max and math.Min: an infinity wins over NaN, NaN over all else, +0 over -0 in Max.
double go_max(double a, double b);
double go_min(double a, double b);

// math.Pow(10, exponent) of a whole exponent: repeated squaring, not the nearest number.
double power_of_ten(double exponent);

// The second result of math.Modf: of an infinity it is NaN.
double go_fraction(double value);

}  // namespace celldrift::sprig
