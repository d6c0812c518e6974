#include "kube/schema_text.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/core/text.hpp"
#include "celldrift/yaml/yaml.hpp"
#include "kube/defaults_table.hpp"
#include "kube/field_index.hpp"
#include "kube/schema_names.hpp"

#include <algorithm>
#include <functional>
#include <unordered_set>

namespace celldrift::kube {
namespace {

constexpr int max_depth = 64;  // lists and maps right inside each other

// Takes the text up to the next `separator` (or all) off the front of `rest`.
std::string_view take(std::string_view& rest, char separator) {
  const auto end = rest.find(separator);
  const auto taken = rest.substr(0, end);
  rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
  return taken;
}

[[noreturn]] void fail(std::string_view what, std::string_view text) {
  throw Error(ErrorCode::internal,
              "the recorded schema has a wrong " + std::string(what) + ": " + printable(text) +
                  "; record it anew with tools/schema/record");
}

const std::pair<std::string_view, Type> simple_types[] = {
    {"unknown", {}},
    {"kept", {.nullable = true, .preserve_unknown = true}},
    {"plain", {.kind = Type::Kind::scalar}},
    {"integer", {.kind = Type::Kind::scalar, .scalar_kind = ScalarKind::integer}},
    {"number", {.kind = Type::Kind::scalar, .scalar_kind = ScalarKind::number}},
    {"quantity", {.kind = Type::Kind::scalar, .scalar_kind = ScalarKind::quantity}},
    {"int-or-string", {.kind = Type::Kind::scalar, .scalar_kind = ScalarKind::int_or_string}},
    {"time", {.kind = Type::Kind::scalar, .scalar_kind = ScalarKind::time}},
    {"date", {.kind = Type::Kind::scalar, .scalar_kind = ScalarKind::date}},
    {"duration", {.kind = Type::Kind::scalar, .scalar_kind = ScalarKind::duration}},
    {"bytes", {.kind = Type::Kind::scalar, .scalar_kind = ScalarKind::bytes}},
};

MapKind map_kind_of(std::string_view word) {
  return word == "atomic" ? MapKind::atomic : MapKind::granular;
}

// Whose structures those are that the text names and does not have.
enum class Missing { fail, builtin };

class Reader {
 public:
  explicit Reader(Missing missing) : missing_(missing) {}

  std::shared_ptr<const SchemaParts> read(std::string_view text) {
    parts_->fields.reserve(static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')));
    while (!text.empty()) {
      line(take(text, '\n'));
    }
    finish_structure();
    settle_missing();
    for (const auto& variant : variants_) {
      settle(variant);
    }
    return parts_;
  }

  std::shared_ptr<const SchemaParts> read_own(std::string text) {
    parts_->text = std::move(text);
    return read(parts_->text);
  }

 private:
  // A type that differs from another only in a flag. It is copied at the end, since the other may
  // be a structure that comes further down.
  struct Variant {
    Type* type;
    const Type* base;
    std::optional<MapKind> map_kind;  // nothing: nullable
  };

  void line(std::string_view text) {
    if (text.starts_with(' ')) {
      add_field(text.substr(1));
      return;
    }
    const auto word = take(text, ' ');
    if (word == "type") {
      start_structure(text);
    } else if (word == "kind") {
      add_kind(text);
    } else if (word == "version") {
      parts_->version = text;
    } else {
      fail("line", word);
    }
  }

  void add_kind(std::string_view text) {
    const auto api_version = name(take(text, ' '));
    const auto kind = name(take(text, ' '));
    parts_->by_kind[{api_version, kind}] = expression(text, 0);
  }

  void start_structure(std::string_view text) {
    finish_structure();
    const auto own_name = take(text, ' ');
    if (!is_structure_name(own_name)) {
      fail("type name", own_name);
    }
    current_ = structure(own_name);
    if (!declared_.insert(current_).second) {
      fail("second type", own_name);
    }
    while (!text.empty()) {
      add_flag(take(text, ' '));
    }
    first_field_ = parts_->fields.size();
  }

  void add_flag(std::string_view flag) {
    if (flag == "atomic") {
      current_->map_kind = MapKind::atomic;
    } else if (flag == "kept") {
      current_->preserve_unknown = true;
    } else if (flag == "object") {
      current_->embedded = true;
    } else {
      fail("flag", flag);
    }
  }

  void finish_structure() {
    if (current_ == nullptr) {
      return;
    }
    const auto fields = std::span(parts_->fields).subspan(first_field_);
    if (std::ranges::adjacent_find(fields, std::ranges::greater_equal{}, &Field::name) !=
        fields.end()) {
      fail("order of fields in", current_->name);
    }
    current_->fields = fields;
    current_->rules = defaults_table().find(current_->name);
    for (Field& field : fields) {
      field.rules = current_->rules == nullptr ? nullptr : current_->rules->find(field.name);
    }
    current_->by_hash = parts_->indices.emplace_back(index_by_hash(fields));
  }

  void add_field(std::string_view text) {
    if (current_ == nullptr || parts_->fields.size() == parts_->fields.capacity()) {
      fail("field outside of a type", text);
    }
    Field field{.name = name(take(text, ' '))};
    field.type = expression(take(text, ' '), 0);
    if (text.starts_with("zero")) {
      take(text, ' ');
      field.zero_is_absent = true;
    }
    if (!text.empty() && text.front() != '=') {
      fail("field", field.name);
    }
    field.default_value = text.empty() ? nullptr : default_value(text.substr(1));
    parts_->fields.push_back(field);
  }

  const Value* default_value(std::string_view json) {
    auto& known = defaults_[json];
    if (known == nullptr) {
      try {
        known = &parts_->defaults.emplace_back(yaml::parse_json(json).value);
      } catch (const Error&) {
        fail("default", json);
      }
    }
    return known;
  }

  std::string_view name(std::string_view text) {
    if (text.find('%') == std::string_view::npos) {
      return text;
    }
    return parts_->names.emplace_back(unescape_name(text));
  }

  Type* structure(std::string_view text) {
    auto& type = parts_->by_name[text];
    if (type == nullptr) {
      const auto shown = text.starts_with('@') ? std::string_view{} : name(text);
      type = &parts_->types.emplace_back(Type{.name = shown, .kind = Type::Kind::structure});
      structures_.emplace_back(text, type);
    }
    return type;
  }

  const Type* expression(std::string_view text, int depth) {
    if (text == "unknown") {
      return &unknown_type();
    }
    if (const auto found = parts_->by_name.find(text); found != parts_->by_name.end()) {
      return found->second;
    }
    if (depth > max_depth) {
      fail("depth of a type", text.substr(0, 80));
    }
    if (is_structure_name(text)) {
      return structure(text);
    }
    if (text.starts_with('<') || text.starts_with('?')) {
      return variant(text, depth);
    }
    Type made = unnamed(text, depth);
    return parts_->by_name[text] = &parts_->types.emplace_back(std::move(made));
  }

  Type unnamed(std::string_view text, int depth) {
    for (const auto& [word, type] : simple_types) {
      if (word == text) {
        return type;
      }
    }
    switch (text.empty() ? '\0' : text.front()) {
      case '[': {
        const auto keys = take(text, ']').substr(1);
        return list(keys, expression(text, depth + 1));
      }
      case '{': {
        const auto word = take(text, '}').substr(1);
        return {.kind = Type::Kind::map,
                .element = expression(text, depth + 1),
                .map_kind = map_kind_of(word)};
      }
      default:
        fail("type", text);
    }
  }

  Type list(std::string_view keys, const Type* element) {
    Type type{.kind = Type::Kind::list, .element = element};
    if (keys == "set") {
      type.list_kind = ListKind::set;
    } else if (!keys.empty()) {
      type.list_kind = ListKind::keyed;
      for (const auto key : split(keys, ',')) {
        type.list_keys.push_back(name(key));
      }
    }
    return type;
  }

  const Type* variant(std::string_view text, int depth) {
    const auto whole = text;
    std::optional<MapKind> map_kind;
    if (text.starts_with('<')) {
      map_kind = map_kind_of(take(text, '>').substr(1));
    } else {
      text.remove_prefix(1);
    }
    const auto* base = expression(text, depth + 1);
    auto* type = &parts_->types.emplace_back();
    variants_.push_back({type, base, map_kind});
    return parts_->by_name[whole] = type;
  }

  static void settle(const Variant& variant) {
    *variant.type = *variant.base;
    variant.type->map_kind = variant.map_kind.value_or(variant.base->map_kind);
    variant.type->nullable = variant.base->nullable || !variant.map_kind;
  }

  void settle_missing() {
    for (auto& [text, type] : structures_) {
      if (declared_.contains(type)) {
        continue;
      }
      if (missing_ == Missing::fail) {
        fail("structure, which is not there", text);
      }
      const auto* builtin = Schema::builtin().named(text);
      *type = builtin != nullptr ? *builtin : Type{};
    }
  }

  Missing missing_;
  std::shared_ptr<SchemaParts> parts_ = std::make_shared<SchemaParts>();
  Type* current_ = nullptr;
  std::size_t first_field_ = 0;
  std::vector<Variant> variants_;
  std::vector<std::pair<std::string_view, Type*>> structures_;
  std::unordered_set<const Type*> declared_;
  std::unordered_map<std::string_view, const Value*> defaults_;
};

}  // namespace

std::shared_ptr<const SchemaParts> read_schema(std::string_view text) {
  return Reader(Missing::fail).read(text);
}

std::shared_ptr<const SchemaParts> read_cell_schema(std::string text) {
  return Reader(Missing::builtin).read_own(std::move(text));
}

}  // namespace celldrift::kube
