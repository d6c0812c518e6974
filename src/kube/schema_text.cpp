#include "kube/schema_text.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/core/text.hpp"

#include <algorithm>

namespace celldrift::kube {
namespace {

// Takes the text up to the next `separator` (or all) off the front of `rest`.
std::string_view take(std::string_view& rest, char separator) {
  const auto end = rest.find(separator);
  const auto taken = rest.substr(0, end);
  rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
  return taken;
}

[[noreturn]] void fail(std::string_view what, std::string_view text) {
  throw Error(ErrorCode::internal,
              "the recorded schema has a wrong " + std::string(what) + ": " + std::string(text) +
                  "; record it anew with tools/schema/record");
}

const std::pair<std::string_view, ScalarKind> scalars[] = {
    {"plain", ScalarKind::plain},
    {"quantity", ScalarKind::quantity},
    {"int-or-string", ScalarKind::int_or_string},
    {"time", ScalarKind::time},
    {"bytes", ScalarKind::bytes},
};

class Reader {
 public:
  std::shared_ptr<const SchemaParts> read(std::string_view text) {
    parts_->fields.reserve(static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')));
    while (!text.empty()) {
      line(take(text, '\n'));
    }
    finish_structure();
    for (auto& field : parts_->fields) {
      if (field.type->kind == Type::Kind::structure && field.type->fields.empty()) {
        fail("structure, which has no fields", field.type->name);
      }
    }
    return parts_;
  }

 private:
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
    const auto api_version = take(text, ' ');
    const auto kind = take(text, ' ');
    parts_->by_kind[{api_version, kind}] = structure(text);
  }

  void start_structure(std::string_view text) {
    finish_structure();
    current_ = structure(take(text, ' '));
    current_->map_kind = text == "atomic" ? MapKind::atomic : MapKind::granular;
    first_field_ = parts_->fields.size();
  }

  void finish_structure() {
    if (current_ != nullptr) {
      current_->fields = std::span(parts_->fields).subspan(first_field_);
    }
  }

  void add_field(std::string_view text) {
    Field field{.name = take(text, ' ')};
    field.type = expression(take(text, ' '));
    if (text.starts_with("zero")) {
      take(text, ' ');
      field.zero_is_absent = true;
    }
    if (!text.empty() && text.front() != '=') {
      fail("field", field.name);
    }
    field.default_json = text.empty() ? text : text.substr(1);
    parts_->fields.push_back(field);
  }

  Type* structure(std::string_view name) {
    auto& type = parts_->by_name[name];
    if (type == nullptr) {
      type = &parts_->types.emplace_back(Type{.name = name, .kind = Type::Kind::structure});
    }
    return type;
  }

  const Type* expression(std::string_view text) {
    if (text == "unknown") {
      return &unknown_type();
    }
    if (const auto found = parts_->by_name.find(text); found != parts_->by_name.end()) {
      return found->second;
    }
    if (text.starts_with("io.")) {
      return structure(text);
    }
    Type made = text.starts_with('<') ? overridden(text) : unnamed(text);
    return parts_->by_name[text] = &parts_->types.emplace_back(std::move(made));
  }

  Type unnamed(std::string_view text) {
    for (const auto& [name, kind] : scalars) {
      if (name == text) {
        return {.kind = Type::Kind::scalar, .scalar_kind = kind};
      }
    }
    if (text.starts_with('[')) {
      const auto keys = take(text, ']').substr(1);
      return list(keys, expression(text));
    }
    if (text.starts_with('{')) {
      const auto kind = take(text, '}') == "{atomic" ? MapKind::atomic : MapKind::granular;
      return {.kind = Type::Kind::map, .element = expression(text), .map_kind = kind};
    }
    fail("type", text);
  }

  static Type list(std::string_view keys, const Type* element) {
    Type type{.kind = Type::Kind::list, .element = element};
    if (keys == "set") {
      type.list_kind = ListKind::set;
    } else if (!keys.empty()) {
      type.list_kind = ListKind::keyed;
      type.list_keys = split(keys, ',');
    }
    return type;
  }

  // The structures that this is used for stand further up in the text, so their fields are known.
  Type overridden(std::string_view text) {
    const auto kind = take(text, '>').substr(1);
    const auto found = parts_->by_name.find(text);
    if (found == parts_->by_name.end() || found->second->fields.empty()) {
      fail("structure, which is not above its use", text);
    }
    Type type = *found->second;
    type.map_kind = kind == "atomic" ? MapKind::atomic : MapKind::granular;
    return type;
  }

  std::shared_ptr<SchemaParts> parts_ = std::make_shared<SchemaParts>();
  Type* current_ = nullptr;
  std::size_t first_field_ = 0;
};

}  // namespace

std::shared_ptr<const SchemaParts> read_schema(std::string_view text) {
  return Reader().read(text);
}

}  // namespace celldrift::kube
