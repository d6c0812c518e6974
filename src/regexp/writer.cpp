#include "regexp/writer.hpp"

#include "celldrift/core/error.hpp"
#include "regexp/scan.hpp"

namespace celldrift::regexp {
namespace {

constexpr int most_height = 1000;
constexpr std::int64_t most_instructions = (128 << 20) / 40;  // Go counts 40 bytes for each
constexpr std::size_t most_text = 16u << 20;

}  // namespace

void Writer::check(const Shape& shape) const {
  if (shape.size > most_instructions) {
    fail("expression too large", whole_);
  }
  if (shape.height > most_height) {
    fail("expression nests too deeply", whole_);
  }
}

void Writer::settle_last() {
  if (group().last) {
    group().sequence.add(group().last->shape);
    group().last.reset();
  }
}

void Writer::add(std::string_view text, Shape::Kind kind) {
  if (text_.size() + text.size() > most_text) {
    throw Error(ErrorCode::limit, "a regular expression is too large");
  }
  settle_last();
  group().last = Part{.start = text_.size(), .shape = {.kind = kind}};
  text_ += text;
}

void Writer::next_alternative() {
  settle_last();
  group().sequence.next_alternative();
  text_ += '|';
}

void Writer::open(Captures captures) {
  settle_last();
  groups_.push_back({.start = text_.size(), .captures = captures});
  text_ += captures == Captures::yes ? "(" : "(?:";
}

bool Writer::close() {
  if (groups_.size() < 2) {
    return false;
  }
  settle_last();
  auto closed = std::move(group());
  groups_.pop_back();
  auto shape = closed.sequence.finish();
  check(shape);
  if (closed.captures == Captures::yes) {
    shape = captured(shape);
    check(shape);
  }
  text_ += ')';
  group().last = Part{.start = closed.start, .shape = shape};
  return true;
}

void Writer::repeat(std::string_view text, int min, int max) {
  auto& last = *group().last;
  if (last.is_repetition) {  // "a**" has another meaning, and RE2 refuses it
    text_.insert(last.start, "(?:");
    text_ += ')';
  }
  last.shape = repeated(last.shape, min, max);
  last.is_repetition = true;
  check(last.shape);
  text_ += text;
}

std::string Writer::finish() {
  settle_last();
  check(group().sequence.finish());
  if (groups_.size() > 1) {
    fail("missing closing )", whole_);
  }
  return std::move(text_);
}

}  // namespace celldrift::regexp
