#include "sprig/decimal.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/gotemplate/format.hpp"
#include "celldrift/gotemplate/strconv.hpp"
#include "sprig/go_errors.hpp"

#include <openssl/bn.h>

#include <cmath>
#include <cstdlib>
#include <string>

namespace celldrift::sprig {
namespace {

// OpenSSL's functions fail only without memory.
void check(int success) {
  if (success != 1) {
    throw Error(ErrorCode::limit, "a number needs more memory than there is");
  }
}

// Scratch space that OpenSSL's functions ask for.
BN_CTX* scratch() {
  static thread_local const std::unique_ptr<BN_CTX, decltype(&BN_CTX_free)> context(BN_CTX_new(),
                                                                                    BN_CTX_free);
  return context.get();
}

}  // namespace

void Decimal::Free::operator()(bignum_st* number) const {
  BN_free(number);
}

Decimal::Integer Decimal::make_integer() {
  Integer integer(BN_new());
  check(integer != nullptr);
  return integer;
}

Decimal::Integer Decimal::power_of_ten(std::int64_t exponent) {
  const Integer ten = make_integer();
  const Integer power = make_integer();
  Integer result = make_integer();
  check(BN_set_word(ten.get(), 10));
  check(BN_set_word(power.get(), static_cast<BN_ULONG>(exponent)));
  check(BN_exp(result.get(), ten.get(), power.get(), scratch()));
  return result;
}

Decimal::Decimal(Integer value, std::int64_t exponent)
    : value_(std::move(value)), exponent_(exponent) {}

Decimal::Decimal(double value) : value_(make_integer()) {
  if (!std::isfinite(value)) {
    fail("Cannot create a Decimal from " + gotemplate::format_float(value));
  }
  // d.ddde±xx, of which the digits are the value.
  const std::string text = gotemplate::format_real(value, 'e');
  const std::size_t mark = text.find('e');
  std::string digits = text.substr(0, mark);
  if (const std::size_t point = digits.find('.'); point != std::string::npos) {
    digits.erase(point, 1);
    exponent_ = std::int64_t(point) - std::int64_t(digits.size());
  }
  exponent_ += gotemplate::parse_int(std::string_view(text).substr(mark + 1), 10).value_or(0);
  BIGNUM* number = value_.get();
  check(BN_dec2bn(&number, digits.c_str()) > 0 ? 1 : 0);
}

// The value at a smaller exponent.
Decimal::Integer Decimal::scaled_to(std::int64_t exponent) const {
  Integer result = power_of_ten(exponent_ - exponent);
  check(BN_mul(result.get(), result.get(), value_.get(), scratch()));
  return result;
}

Decimal Decimal::plus(const Decimal& other) const {
  const std::int64_t exponent = std::min(exponent_, other.exponent_);
  Integer sum = scaled_to(exponent);
  check(BN_add(sum.get(), sum.get(), other.scaled_to(exponent).get()));
  return {std::move(sum), exponent};
}

Decimal Decimal::minus(const Decimal& other) const {
  const std::int64_t exponent = std::min(exponent_, other.exponent_);
  Integer difference = scaled_to(exponent);
  check(BN_sub(difference.get(), difference.get(), other.scaled_to(exponent).get()));
  return {std::move(difference), exponent};
}

Decimal Decimal::times(const Decimal& other) const {
  Integer product = make_integer();
  check(BN_mul(product.get(), value_.get(), other.value_.get(), scratch()));
  return {std::move(product), exponent_ + other.exponent_};
}

Decimal Decimal::over(const Decimal& other) const {
  constexpr std::int64_t places = 16;
  if (BN_is_zero(other.value_.get())) {
    fail("decimal division by 0");
  }
  // Both as integers whose quotient counts the last place: shifted right of the point.
  const std::int64_t shift = exponent_ - other.exponent_ + places;
  const Integer dividend = scaled_to(exponent_ - std::max<std::int64_t>(shift, 0));
  const Integer divisor = other.scaled_to(other.exponent_ + std::min<std::int64_t>(shift, 0));
  Integer quotient = make_integer();
  const Integer rest = make_integer();
  check(BN_div(quotient.get(), rest.get(), dividend.get(), divisor.get(), scratch()));
  check(BN_lshift1(rest.get(), rest.get()));
  if (BN_ucmp(rest.get(), divisor.get()) >= 0) {
    const bool negative = BN_is_negative(value_.get()) != BN_is_negative(other.value_.get());
    check(negative ? BN_sub_word(quotient.get(), 1) : BN_add_word(quotient.get(), 1));
  }
  return {std::move(quotient), -places};
}

std::size_t Decimal::bytes() const {
  return std::size_t(BN_num_bytes(value_.get()));
}

double Decimal::nearest() const {
  const std::unique_ptr<char, void (*)(char*)> digits(BN_bn2dec(value_.get()),
                                                      [](char* text) { OPENSSL_free(text); });
  check(digits != nullptr);
  // Rounds correctly for any number of digits; without a point no locale matters.
  const std::string text = std::string(digits.get()) + "e" + std::to_string(exponent_);
  return std::strtod(text.c_str(), nullptr);
}

}  // namespace celldrift::sprig
