#include "sprig/ip_address.hpp"

#include "celldrift/gotemplate/format.hpp"
#include "sprig/go_errors.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <span>

namespace celldrift::sprig {
namespace {

class Parser {
 public:
  explicit Parser(std::string_view text) : whole_(text) {}

  IpAddress parse() {
    const auto mark = whole_.find_first_of(".:%");
    if (mark == std::string_view::npos) {
      fail_at("unable to parse IP");
    }
    if (whole_[mark] == '%') {
      fail_at("missing IPv6 address");
    }
    if (whole_[mark] == ':') {
      parse_v6();
    } else {
      address_.is_v4 = true;
      parse_v4(whole_, std::span(address_.bytes).first<4>());
    }
    return address_;
  }

 private:
  [[noreturn]] void fail_at(std::string_view problem, std::string_view at = {}) const {
    auto message = "ParseAddr(" + gotemplate::quote(whole_) + "): " + std::string(problem);
    if (!at.empty()) {
      message += " (at " + gotemplate::quote(at) + ")";
    }
    fail(message);
  }

  void parse_v4(std::string_view text, std::span<std::uint8_t, 4> fields) const {
    int value = 0;
    std::size_t digits = 0;
    std::size_t field = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
      const char c = text[i];
      if (c >= '0' && c <= '9') {
        if (digits == 1 && value == 0) {
          fail_at("IPv4 field has octet with leading zero");
        }
        value = value * 10 + (c - '0');
        ++digits;
        if (value > 255) {
          fail_at("IPv4 field has value >255");
        }
      } else if (c == '.') {
        if (i == 0 || i + 1 == text.size() || text[i - 1] == '.') {
          fail_at("IPv4 field must have at least one digit", text.substr(i));
        }
        if (field == 3) {
          fail_at("IPv4 address too long");
        }
        fields[field++] = std::uint8_t(value);
        value = 0;
        digits = 0;
      } else {
        fail_at("unexpected character", text.substr(i));
      }
    }
    if (field < 3) {
      fail_at("IPv4 address too short");
    }
    fields[3] = std::uint8_t(value);
  }

  void parse_v6() {
    rest_ = whole_;
    if (const auto percent = rest_.find('%'); percent != std::string_view::npos) {
      address_.zone = rest_.substr(percent + 1);
      rest_ = rest_.substr(0, percent);
      if (address_.zone.empty()) {
        fail_at("zone must be a non-empty string");
      }
    }
    if (rest_.starts_with("::")) {
      ellipsis_ = 0;
      rest_.remove_prefix(2);
      if (rest_.empty()) {
        return;
      }
    }
    while (used_ < 16 && take_field()) {
    }
    if (!rest_.empty()) {
      fail_at("trailing garbage after address", rest_);
    }
    expand_ellipsis();
  }

  // How many hexadecimal digits there are, and their value.
  std::pair<std::size_t, unsigned> read_group() const {
    const auto length = std::min(rest_.find_first_not_of("0123456789abcdefABCDEF"), rest_.size());
    if (length > 4) {
      fail_at("each group must have 4 or less digits", rest_);
    }
    if (length == 0) {
      fail_at("each colon-separated field must have at least one digit", rest_);
    }
    unsigned value = 0;
    std::from_chars(rest_.data(), rest_.data() + length, value, 16);
    return {length, value};
  }

  // Takes a group and the colon after it. False when the address ends with it.
  bool take_field() {
    const auto [length, value] = read_group();
    if (length < rest_.size() && rest_[length] == '.') {
      take_embedded_v4();
      return false;
    }
    address_.bytes[used_++] = std::uint8_t(value >> 8);
    address_.bytes[used_++] = std::uint8_t(value);
    rest_.remove_prefix(length);
    return !rest_.empty() && take_colon();
  }

  bool take_colon() {
    if (rest_.front() != ':') {
      fail_at("unexpected character, want colon", rest_);
    }
    if (rest_.size() == 1) {
      fail_at("colon must be followed by more characters", rest_);
    }
    rest_.remove_prefix(1);
    if (rest_.front() != ':') {
      return true;
    }
    if (ellipsis_) {
      fail_at("multiple :: in address", rest_);
    }
    ellipsis_ = used_;
    rest_.remove_prefix(1);
    return !rest_.empty();
  }

  void take_embedded_v4() {
    if (!ellipsis_ && used_ != 12) {
      fail_at("embedded IPv4 address must replace the final 2 fields of the address", rest_);
    }
    if (used_ + 4 > 16) {
      fail_at("too many hex fields to fit an embedded IPv4 at the end of the address", rest_);
    }
    parse_v4(rest_, std::span(address_.bytes).subspan(used_).first<4>());
    rest_ = {};
    used_ += 4;
  }

  void expand_ellipsis() {
    if (used_ == 16) {
      if (ellipsis_) {
        fail_at("the :: must expand to at least one field of zeros");
      }
      return;
    }
    if (!ellipsis_) {
      fail_at("address string too short");
    }
    auto& bytes = address_.bytes;
    std::ranges::rotate(bytes.begin() + std::ptrdiff_t(*ellipsis_),
                        bytes.begin() + std::ptrdiff_t(used_),
                        bytes.end());
  }

  std::string_view whole_;
  std::string_view rest_;
  std::size_t used_ = 0;  // bytes of an IPv6 address
  std::optional<std::size_t> ellipsis_;
  IpAddress address_;
};

}  // namespace

IpAddress parse_ip_address(std::string_view text) {
  return Parser(text).parse();
}

}  // namespace celldrift::sprig
