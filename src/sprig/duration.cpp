#include "sprig/duration.hpp"

#include "sprig/go_errors.hpp"

#include <algorithm>

namespace celldrift::sprig {
namespace {

constexpr std::uint64_t past_end = std::uint64_t{1} << 63;

struct Unit {
  std::string_view name;
  std::uint64_t nanoseconds;
};
constexpr Unit units[] = {
    {"ns", 1},
    {"us", 1'000},
    {"\u00B5s", 1'000},
    {"\u03BCs", 1'000},
    {"ms", 1'000'000},
    {"s", 1'000'000'000},
    {"m", 60'000'000'000},
    {"h", 3'600'000'000'000},
};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

class Parser {
 public:
  explicit Parser(std::string_view text) : whole_(text), rest_(text) {}

  Nanoseconds parse() {
    const bool negative = rest_.starts_with('-');
    if (negative || rest_.starts_with('+')) {
      rest_.remove_prefix(1);
    }
    if (rest_ == "0") {
      return 0;
    }
    require(!rest_.empty());
    std::uint64_t sum = 0;
    while (!rest_.empty()) {
      sum += take_part();
      require(sum <= past_end);
    }
    require(negative || sum < past_end);
    return Nanoseconds(negative ? 0 - sum : sum);
  }

 private:
  struct Fraction {
    std::uint64_t digits = 0;
    double scale = 1;
  };

  void require(bool ok) const {
    if (!ok) {
      fail_as("invalid duration");
    }
  }
  [[noreturn]] void fail_as(const std::string& problem) const {
    fail("time: " + problem + " " + quote_in_time_error(whole_));
  }

  std::uint64_t take_part() {
    const auto before = rest_.size();
    require(is_digit(rest_.front()) || rest_.front() == '.');
    const auto whole = take_whole();
    bool any = rest_.size() != before;
    Fraction fraction;
    if (rest_.starts_with('.')) {
      rest_.remove_prefix(1);
      const auto start = rest_.size();
      fraction = take_fraction();
      any = any || rest_.size() != start;
    }
    require(any);
    const auto unit = take_unit();
    require(whole <= past_end / unit);
    auto value = whole * unit;
    if (fraction.digits > 0) {
      value += std::uint64_t(double(fraction.digits) * (double(unit) / fraction.scale));
      require(value <= past_end);
    }
    return value;
  }

  std::uint64_t take_whole() {
    std::uint64_t value = 0;
    while (!rest_.empty() && is_digit(rest_.front())) {
      require(value <= past_end / 10);
      value = value * 10 + std::uint64_t(rest_.front() - '0');
      require(value <= past_end);
      rest_.remove_prefix(1);
    }
    return value;
  }

  // Digits past what fits count no more.
  Fraction take_fraction() {
    Fraction result;
    bool full = false;
    for (; !rest_.empty() && is_digit(rest_.front()); rest_.remove_prefix(1)) {
      full = full || result.digits > (past_end - 1) / 10;
      const auto next = result.digits * 10 + std::uint64_t(rest_.front() - '0');
      full = full || next > past_end;
      if (!full) {
        result.digits = next;
        result.scale *= 10;
      }
    }
    return result;
  }

  std::uint64_t take_unit() {
    const auto name = rest_.substr(0, rest_.find_first_of(".0123456789"));
    if (name.empty()) {
      fail_as("missing unit in duration");
    }
    const auto unit = std::ranges::find(units, name, &Unit::name);
    if (unit == std::end(units)) {
      fail_as("unknown unit " + quote_in_time_error(name) + " in duration");
    }
    rest_.remove_prefix(name.size());
    return unit->nanoseconds;
  }

  std::string_view whole_;
  std::string_view rest_;
};

// "1.5": the last `places` digits are a fraction, without zeros at its end.
std::string with_fraction(std::uint64_t value, std::size_t places) {
  std::uint64_t divisor = 1;
  for (std::size_t i = 0; i < places; ++i) {
    divisor *= 10;
  }
  auto fraction = std::to_string(value % divisor + divisor).substr(1);
  fraction.erase(fraction.find_last_not_of('0') + 1);
  return std::to_string(value / divisor) + (places == 0 || fraction.empty() ? "" : "." + fraction);
}

std::string positive_text(std::uint64_t nanoseconds) {
  if (nanoseconds < 1'000) {
    return nanoseconds == 0 ? "0s" : std::to_string(nanoseconds) + "ns";
  }
  if (nanoseconds < 1'000'000) {
    return with_fraction(nanoseconds, 3) + "\u00B5s";
  }
  if (nanoseconds < std::uint64_t(one_second)) {
    return with_fraction(nanoseconds, 6) + "ms";
  }
  const auto minutes = nanoseconds / 60'000'000'000;
  auto text = with_fraction(nanoseconds % 60'000'000'000, 9) + "s";
  if (minutes > 0) {
    text = std::to_string(minutes % 60) + "m" + text;
  }
  return minutes >= 60 ? std::to_string(minutes / 60) + "h" + text : text;
}

}  // namespace

Nanoseconds parse_duration(std::string_view text) {
  return Parser(text).parse();
}

std::string duration_text(Nanoseconds duration) {
  return duration < 0 ? "-" + positive_text(0 - std::uint64_t(duration))
                      : positive_text(std::uint64_t(duration));
}

Nanoseconds truncate_duration(Nanoseconds duration, Nanoseconds unit) {
  return unit <= 0 ? duration : duration - duration % unit;
}

Nanoseconds round_duration(Nanoseconds duration, Nanoseconds unit) {
  if (unit <= 0) {
    return duration;
  }
  const auto rest = duration % unit;
  const auto size = std::uint64_t(rest < 0 ? -rest : rest);
  if (size + size < std::uint64_t(unit)) {
    return duration - rest;
  }
  if (duration < 0) {
    const auto down = wrapping_subtract(duration, unit + rest);
    return down < duration ? down : INT64_MIN;
  }
  const auto up = wrapping_add(duration, unit - rest);
  return up > duration ? up : INT64_MAX;
}

std::string quote_in_time_error(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80 || byte < ' ') {
      result += {'\\', 'x', "0123456789abcdef"[byte >> 4], "0123456789abcdef"[byte & 15]};
    } else {
      result += c == '"' || c == '\\' ? std::string{'\\', c} : std::string(1, c);
    }
  }
  return result + "\"";
}

}  // namespace celldrift::sprig
