// Decimal: an exact decimal number, as shopspring/decimal 1.4 computes with. sprig's addf, subf,
// mulf and divf do: 0.1 + 0.2 is 0.3.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

struct bignum_st;  // of OpenSSL, which has integers of any size

namespace celldrift::sprig {

class Decimal {
 public:
  // The shortest decimal that reads as `value`. Throws Error(config) with the Go library's text for
  // NaN and infinities.
  explicit Decimal(double value);

  Decimal plus(const Decimal& other) const;
  Decimal minus(const Decimal& other) const;
  Decimal times(const Decimal& other) const;
  // To 16 places, half away from zero. Throws Error(config) for 0.
  Decimal over(const Decimal& other) const;

  double nearest() const;
  std::size_t bytes() const;  // what its digits take in memory

 private:
  struct Free {
    void operator()(bignum_st* number) const;
  };
  using Integer = std::unique_ptr<bignum_st, Free>;

  Decimal(Integer value, std::int64_t exponent);
  Integer scaled_to(std::int64_t exponent) const;
  static Integer make_integer();
  static Integer power_of_ten(std::int64_t exponent);

  Integer value_;
  std::int64_t exponent_ = 0;  // the number is value * 10^exponent
};

}  // namespace celldrift::sprig
