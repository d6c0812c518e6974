#include "audit/health/statement.hpp"

#include "audit/health/parts.hpp"
#include "celldrift/core/error.hpp"
#include "celldrift/core/text.hpp"

#include <algorithm>
#include <charconv>

namespace celldrift::audit::health {
namespace {

constexpr std::string_view roots[] = {"status", "spec", "metadata", "kind", "apiVersion"};
constexpr std::string_view condition_fields[] = {
    "type", "status", "reason", "message", "severity", "observedGeneration"};
constexpr std::string_view presences[] = {"there", "filled", "set"};

bool is_path(std::string_view text) {
  return std::ranges::find(roots, text.substr(0, text.find_first_of(".["))) != std::end(roots);
}

std::string text_of(const Value& value) {
  return value.is_string() ? std::string(value.as_string())
         : value.is_bool() ? std::string(value.as_bool() ? "true" : "false")
         : value.is_int()  ? std::to_string(value.as_int())
                           : "";
}

std::vector<std::string> alternatives(std::string_view text) {
  const auto parts = split(text, '|');
  return {parts.begin(), parts.end()};
}

std::optional<std::int64_t> integer(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() ? std::optional(number)
                                                                  : std::nullopt;
}

bool is_present(const Value* value, std::string_view how) {
  return value != nullptr && !value->is_null() &&
         (how == "there" || (how == "set" ? is_set(value) : !text_of(*value).empty()));
}

bool is_same(const Value* a, const Value* b) {
  const bool has_a = is_present(a, "there");
  return has_a == is_present(b, "there") && (!has_a || *a == *b);
}

}  // namespace

Subject Subject::parse(std::string_view text) {
  Subject parsed;
  if (is_path(text)) {
    parsed.path_ = PathPattern::parse(text);
    return parsed;
  }
  // The types of some have dots: "cnpg.io/hibernation".
  const std::size_t dot = text.rfind('.');
  const std::string_view field = dot == text.npos ? "" : text.substr(dot + 1);
  const bool has_field = std::ranges::find(condition_fields, field) != std::end(condition_fields);
  parsed.types_ = alternatives(has_field ? text.substr(0, dot) : text);
  parsed.field_ = has_field ? field : "status";
  return parsed;
}

std::vector<const Value*> Subject::asked(std::span<const Value> conditions) const {
  std::vector<const Value*> found;
  for (const Value& each : conditions) {
    const std::string_view type = each.string_at({"type"});
    if (std::ranges::any_of(types_, [&](const auto& one) { return one == "*" || one == type; })) {
      found.push_back(&each);
    }
  }
  return found;
}

std::vector<const Value*> Subject::values(const Value& object,
                                          std::span<const Value> conditions) const {
  std::vector<const Value*> found;
  if (path_) {
    path_->select(object, [&](const Value& value, const std::string&) { found.push_back(&value); });
  } else {
    for (const Value* each : asked(conditions)) {
      found.push_back(each->find(field_));
    }
  }
  return found;
}

std::string Subject::says(const Value& object, std::span<const Value> conditions) const {
  const auto found = path_ ? values(object, conditions) : asked(conditions);
  if (!path_) {
    return found.empty() ? "it lacks the condition " + join(types_, " or ")
                         : words_of(*found.front());
  }
  const std::string text = found.empty() ? "" : text_of(*found.front());
  return path_->text() + (found.empty()  ? " is missing"
                          : text.empty() ? " is not as it should be"
                                         : " is " + printable(text));
}

Statement::Amount Statement::Amount::parse(std::string_view text) {
  Amount parsed;
  const std::size_t otherwise = text.find(" or ");
  const std::string_view first = text.substr(0, otherwise);
  parsed.otherwise = integer(otherwise == text.npos ? first : text.substr(otherwise + 4));
  if (!integer(first)) {
    parsed.subject = Subject::parse(first);
  }
  return parsed;
}

std::optional<std::int64_t> Statement::Amount::of(const Value& object,
                                                  std::span<const Value> conditions) const {
  for (const Value* each :
       subject ? subject->values(object, conditions) : std::vector<const Value*>()) {
    if (each != nullptr && each->is_int()) {
      return each->as_int();
    }
  }
  return otherwise;
}

Statement Statement::parse(std::string_view text) {
  static constexpr std::pair<std::string_view, Verb> verbs[] = {{" is not ", Verb::is_not},
                                                                {" is ", Verb::is},
                                                                {" below ", Verb::below},
                                                                {" at least ", Verb::at_least}};
  const auto* verb = std::ranges::find_if(
      verbs, [&](const auto& each) { return text.find(each.first) != text.npos; });
  if (verb == std::end(verbs)) {
    throw Error(ErrorCode::config, "\"" + std::string(text) + "\" says nothing of an object");
  }
  const std::string_view left = text.substr(0, text.find(verb->first));
  const std::string_view right = text.substr(left.size() + verb->first.size());
  Statement parsed;
  parsed.verb_ = verb->second;
  if (parsed.verb_ == Verb::below || parsed.verb_ == Verb::at_least) {
    parsed.left_ = Amount::parse(left);
    parsed.right_ = Amount::parse(right);
    parsed.subject_ = Subject::parse(left.substr(0, left.find(" or ")));
    return parsed;
  }
  parsed.subject_ = Subject::parse(left);
  if (is_path(right)) {
    parsed.same_as_ = Subject::parse(right);
  } else {
    parsed.values_ = alternatives(right);
  }
  return parsed;
}

bool Statement::is_one(const Value* value, const Value& object) const {
  if (same_as_) {
    const auto others = same_as_->values(object, {});
    return is_same(value, others.empty() ? nullptr : others.front());
  }
  const std::string text = value == nullptr ? "" : text_of(*value);
  return is_present(value, "there") && std::ranges::any_of(values_, [&](const std::string& each) {
           return glob_match(each, text);
         });
}

bool Statement::compares(const Value& object, std::span<const Value> conditions) const {
  const auto left = left_.of(object, conditions);
  const auto right = right_.of(object, conditions);
  return left && right && (*left < *right) == (verb_ == Verb::below);
}

bool Statement::holds(const Value& object, std::span<const Value> conditions) const {
  if (verb_ == Verb::below || verb_ == Verb::at_least) {
    return compares(object, conditions);
  }
  auto values = subject_.values(object, conditions);
  const bool asks_presence =
      values_.size() == 1 && std::ranges::find(presences, values_[0]) != std::end(presences);
  if (asks_presence) {
    const bool is_there = std::ranges::any_of(
        values, [&](const Value* each) { return is_present(each, values_[0]); });
    return is_there == (verb_ == Verb::is);
  }
  if (values.empty() && subject_.is_field()) {
    values.push_back(nullptr);  // what is missing is not what it should be
  }
  return std::ranges::any_of(
      values, [&](const Value* each) { return is_one(each, object) == (verb_ == Verb::is); });
}

}  // namespace celldrift::audit::health
