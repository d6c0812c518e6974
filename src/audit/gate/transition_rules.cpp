// Fields of custom resources that their definition says are fixed. Of CEL only the one idiom is
// understood that nearly all of them use.
#include "audit/gate/immutable.hpp"
#include "celldrift/core/text.hpp"

#include <algorithm>

namespace celldrift::audit {
namespace {

constexpr std::size_t max_depth = 64;

// The schema of the version that the object is stated at; null where there is none.
const Value* schema_of(const Value& definition, std::string_view version) {
  const Value* versions = definition.find({"spec", "versions"});
  for (const Value& each : versions == nullptr ? std::span<const Value>() : versions->items()) {
    if (each.string_at({"name"}) == version) {
      return each.find({"schema", "openAPIV3Schema"});
    }
  }
  return nullptr;
}

// ".spec.size" of "self.spec.size"; nothing where it is no such path.
std::optional<std::string_view> below(std::string_view text, std::string_view root) {
  text = trim(text);
  if (!text.starts_with(root)) {
    return std::nullopt;
  }
  text.remove_prefix(root.size());
  const bool is_path = std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '.';
  });
  return is_path && (text.empty() || text.front() == '.') ? std::optional(text) : std::nullopt;
}

// The path below the field that "self.x == oldSelf.x" fixes: "" for the field itself.
std::optional<std::string_view> fixed_by(std::string_view rule) {
  const std::size_t equals = rule.find("==");
  if (equals == std::string_view::npos) {
    return std::nullopt;
  }
  const std::string_view left = rule.substr(0, equals);
  const std::string_view right = rule.substr(equals + 2);
  const bool is_turned = below(left, "oldSelf").has_value();
  const auto next = below(is_turned ? right : left, "self");
  const auto old = below(is_turned ? left : right, "oldSelf");
  return next && old && *next == *old ? next : std::nullopt;
}

// Whether the rest of the way from a schema begins with ".a.b".
bool leads_through(std::span<const Path::Step> way, std::string_view fields) {
  for (const std::string_view name : split(fields, '.')) {
    if (name.empty()) {
      continue;  // before the first "."
    }
    const auto* field = way.empty() ? nullptr : std::get_if<Path::Field>(&way.front());
    if (field == nullptr || field->name != name) {
      return false;
    }
    way = way.subspan(1);
  }
  return true;
}

std::string fixed_at(const Value& schema, std::span<const Path::Step> way) {
  const Value* rules = schema.find("x-kubernetes-validations");
  for (const Value& each : rules == nullptr ? std::span<const Value>() : rules->items()) {
    const auto fields = fixed_by(each.string_at({"rule"}));
    if (fields && leads_through(way, *fields)) {
      const std::string_view message = each.string_at({"message"});
      return "is fixed by its definition" +
             (message.empty() ? "" : " (" + printable(message) + ")");
    }
  }
  return "";
}

const Value* schema_below(const Value& schema, const Path::Step& step) {
  if (const auto* field = std::get_if<Path::Field>(&step)) {
    const Value* own = schema.find({"properties", field->name});
    return own != nullptr ? own : schema.find("additionalProperties");
  }
  return schema.find("items");
}

}  // namespace

std::string why_fixed_by(const Value& definition, const FieldChange& change) {
  const Value* schema = schema_of(definition, version_of(change.object.api_version));
  std::span<const Path::Step> way = change.difference.path.steps();
  // A rule about oldSelf is not asked where there is no old value, or no new one.
  const bool is_on_both_sides = change.difference.change == compare::Change::modified;
  for (std::size_t depth = 0; schema != nullptr && depth < max_depth; ++depth) {
    const bool is_field_itself = way.empty();
    if (is_on_both_sides || !is_field_itself) {
      std::string why = fixed_at(*schema, way);
      if (!why.empty()) {
        return why;
      }
    }
    if (is_field_itself) {
      break;
    }
    schema = schema_below(*schema, way.front());
    way = way.subspan(1);
  }
  return "";
}

}  // namespace celldrift::audit
