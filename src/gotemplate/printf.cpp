// Reading of format texts, as fmt.doPrintf.
#include "celldrift/core/utf8.hpp"
#include "gotemplate/printer.hpp"

#include <optional>

namespace celldrift::gotemplate {

namespace {

constexpr std::int64_t largest = 1'000'000;  // of a width or precision

bool is_too_large(std::int64_t number) {
  return number > largest || number < -largest;
}

std::optional<int> integer_of(const Any& value) {
  std::int64_t number = 0;
  if (is_signed(value.kind())) {
    number = value.as_int();
  } else if (is_unsigned(value.kind())) {
    if (value.as_unsigned() > std::uint64_t(largest)) {
      return {};
    }
    number = std::int64_t(value.as_unsigned());
  } else {
    return {};
  }
  return is_too_large(number) ? std::nullopt : std::optional(int(number));
}

class Format {
 public:
  Format(Printer& printer, std::string_view text, std::span<const Any> arguments)
      : printer_(printer), text_(text), arguments_(arguments) {}

  void print() {
    while (at_ < text_.size()) {
      const std::size_t percent = std::min(text_.find('%', at_), text_.size());
      printer_.write(text_.substr(at_, percent - at_));
      at_ = percent;
      if (at_ < text_.size()) {
        ++at_;
        print_directive();
      }
    }
    if (!reordered_ && next_ < arguments_.size()) {
      print_extra();
    }
  }

 private:
  bool sees(char c) const { return at_ < text_.size() && text_[at_] == c; }

  void print_directive() {
    good_index_ = true;
    after_index_ = false;
    printer_.flags = {};
    read_flags();
    read_index();
    read_width();
    // A "." that ends the text is left for the verb.
    if (at_ + 1 < text_.size() && sees('.')) {
      read_precision();
    }
    if (!after_index_) {
      read_index();
    }
    if (at_ >= text_.size()) {
      return printer_.write("%!(NOVERB)");
    }
    const utf8::Rune verb = utf8::decode(text_.substr(at_));
    at_ += verb.length;
    print_verb(verb.point);
  }

  void read_flags() {
    for (; at_ < text_.size(); ++at_) {
      switch (text_[at_]) {
        case '#':
          printer_.flags.sharp = true;
          break;
        case '0':
          printer_.flags.zero = true;
          break;
        case '+':
          printer_.flags.plus = true;
          break;
        case '-':
          printer_.flags.minus = true;
          break;
        case ' ':
          printer_.flags.space = true;
          break;
        default:
          return;
      }
    }
  }

  // Digits from at_ on, which moves to their end; to the end of the text when they are too many.
  std::optional<int> read_number(std::size_t end) {
    std::optional<int> number;
    for (; at_ < end && text_[at_] >= '0' && text_[at_] <= '9'; ++at_) {
      if (is_too_large(number.value_or(0))) {
        at_ = end;
        return {};
      }
      number = number.value_or(0) * 10 + (text_[at_] - '0');
    }
    return number;
  }

  // "[3]": the argument that comes next.
  void read_index() {
    after_index_ = false;
    if (!sees('[')) {
      return;
    }
    reordered_ = true;
    const std::size_t open = at_;
    const std::size_t close = text_.find(']', open + 1);
    if (close == std::string_view::npos || text_.size() - open < 3) {
      at_ = open + 1;
      good_index_ = false;
      return;
    }
    at_ = open + 1;
    const std::optional<int> index = read_number(close);
    const bool read = index && at_ == close;
    at_ = close + 1;
    after_index_ = read;
    if (read && *index >= 1 && std::size_t(*index) <= arguments_.size()) {
      next_ = std::size_t(*index) - 1;
    } else {
      good_index_ = false;
    }
  }

  std::optional<int> take_integer() {
    return next_ < arguments_.size() ? integer_of(arguments_[next_++]) : std::nullopt;
  }

  void read_width() {
    Flags& flags = printer_.flags;
    if (!sees('*')) {
      const std::optional<int> width = read_number(text_.size());
      flags.width = width.value_or(0);
      flags.has_width = width.has_value();
      good_index_ = good_index_ && !(after_index_ && width);  // "%[3]2d"
      return;
    }
    ++at_;
    const std::optional<int> width = take_integer();
    flags.has_width = width.has_value();
    flags.width = width.value_or(0);
    if (!width) {
      printer_.write("%!(BADWIDTH)");
    }
    if (flags.width < 0) {
      flags.width = -flags.width;
      flags.minus = true;
      flags.zero = false;
    }
    after_index_ = false;
  }

  void read_precision() {
    Flags& flags = printer_.flags;
    ++at_;
    good_index_ = good_index_ && !after_index_;  // "%[3].2d"
    read_index();
    if (!sees('*')) {
      flags.precision = read_number(text_.size()).value_or(0);
      flags.has_precision = true;
      return;
    }
    ++at_;
    const std::optional<int> precision = take_integer();
    flags.has_precision = precision && *precision >= 0;
    flags.precision = flags.has_precision ? *precision : 0;
    if (!flags.has_precision) {
      printer_.write("%!(BADPREC)");
    }
    after_index_ = false;
  }

  void print_problem(char32_t verb, std::string_view problem) {
    printer_.write("%!");
    printer_.write_rune(verb);
    printer_.write(problem);
  }

  void print_verb(char32_t verb) {
    if (verb == '%') {
      return printer_.write("%");
    }
    if (!good_index_) {
      return print_problem(verb, "(BADINDEX)");
    }
    if (next_ >= arguments_.size()) {
      return print_problem(verb, "(MISSING)");
    }
    if (verb == 'v' || verb == 'w') {
      printer_.flags.sharp_v = std::exchange(printer_.flags.sharp, false);
      printer_.flags.plus_v = std::exchange(printer_.flags.plus, false);
    }
    printer_.print(arguments_[next_++], verb);
  }

  void print_extra() {
    printer_.flags = {};
    printer_.write("%!(EXTRA ");
    bool first = true;
    for (const Any& argument : arguments_.subspan(next_)) {
      printer_.write(std::exchange(first, false) ? "" : ", ");
      if (!argument.is_nil()) {
        printer_.write(argument.type()->name);
        printer_.write("=");
      }
      printer_.print(argument, 'v');
    }
    printer_.write(")");
  }

  Printer& printer_;
  std::string_view text_;
  std::span<const Any> arguments_;
  std::size_t at_ = 0;
  std::size_t next_ = 0;      // argument
  bool reordered_ = false;    // an index was used: what is left over is not told
  bool good_index_ = true;    // of the current directive
  bool after_index_ = false;  // the last thing read was an index
};

}  // namespace

void print_formatted(Printer& printer, std::string_view format, std::span<const Any> arguments) {
  Format(printer, format, arguments).print();
}

}  // namespace celldrift::gotemplate
