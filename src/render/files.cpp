#include "render/files.hpp"

#include "celldrift/core/object.hpp"
#include "celldrift/core/text.hpp"
#include "celldrift/yaml/yaml.hpp"

#include <algorithm>
#include <span>

namespace celldrift::render {
namespace {

void require_kind(const Value& object) {
  if (!object.is_map()) {
    throw Error(ErrorCode::parse,
                "a manifest must be a map, not " + std::string(describe(object.kind())),
                object.mark());
  }
  if (object.string_at({"kind"}).empty()) {
    throw Error(ErrorCode::parse, "the manifest has no kind", object.mark());
  }
}

void keep_warnings(const yaml::Document& document, std::vector<Problem>& warnings) {
  for (const yaml::Warning& warning : document.warnings) {
    warnings.push_back({.stage = Stage::render,
                        .cell = "",
                        .application = "",
                        .message = warning.message,
                        .source = describe(warning.mark),
                        .unknown = LeavesUnknown::no});
  }
}

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

// Argo CD's own test for a file that it should not pass over in silence. A stream of JSON objects,
// which its reader takes and ours does not, must not be passed over either.
bool looks_like_manifest(std::string_view text) {
  return (contains(text, "apiVersion:") && contains(text, "kind:") &&
          contains(text, "metadata:")) ||
         trim(text).starts_with('{');
}

std::vector<Value> read_yaml(std::string_view text,
                             SourceId source,
                             std::vector<Problem>& warnings) {
  std::vector<Value> objects;
  std::vector<Problem> found;
  try {
    for (const yaml::Piece& piece : yaml::split_documents(text)) {
      const yaml::Document document = yaml::parse(piece, {.source = source});
      keep_warnings(document, found);
      if (!document.value.is_null()) {
        require_kind(document.value);
        objects.push_back(document.value);
      }
    }
  } catch (Error& error) {
    if (!objects.empty() || error.code() == ErrorCode::limit || looks_like_manifest(text)) {
      throw error.at({source, 1, 0});
    }
    return {};
  }
  std::ranges::move(found, std::back_inserter(warnings));
  return objects;
}

Value read_json(std::string_view text, SourceId source, std::vector<Problem>& warnings) {
  const yaml::Document document = yaml::parse_json(text, {.source = source});
  keep_warnings(document, warnings);
  require_kind(document.value);
  return document.value;
}

void require_texts(const Value& object, std::string_view field) {
  const Value* map = object.find({"metadata", field});
  if (map == nullptr || map->is_null()) {
    return;
  }
  const std::string path = describe(key_of(object)) + ": metadata." + std::string(field);
  if (!map->is_map()) {
    throw Error(ErrorCode::parse, path + " must be a map", map->mark());
  }
  for (const auto& [key, value] : map->entries()) {
    if (!value.is_string()) {
      throw Error(ErrorCode::parse,
                  path + "." + key.str() + " must be a string (quote it), not " +
                      std::string(value.is_null() ? "null" : describe(value.kind())),
                  value.mark());
    }
  }
}

void check(const Value& object) {
  require_kind(object);
  if (object.string_at({"apiVersion"}).empty()) {
    throw Error(ErrorCode::parse, "the manifest has no apiVersion", object.mark());
  }
  const Value* metadata = object.find("metadata");
  if (metadata != nullptr && !metadata->is_null() && !metadata->is_map()) {
    throw Error(ErrorCode::parse, "metadata must be a map", metadata->mark());
  }
  require_texts(object, "labels");
  require_texts(object, "annotations");
}

// `items: null` beside neither spec nor status: an empty list that somebody's tool wrote.
bool is_null_list(const Value& object) {
  const Value* items = object.find("items");
  return items != nullptr && items->is_null() && object.find("spec") == nullptr &&
         object.find("status") == nullptr;
}

}  // namespace

std::vector<Value> read_manifests(std::string_view name,
                                  std::string_view text,
                                  SourceId source,
                                  std::vector<Problem>& warnings) {
  const std::string utf8 = yaml::to_utf8(text);
  if (name.ends_with(".json")) {
    return {read_json(utf8, source, warnings)};
  }
  return read_yaml(utf8, source, warnings);
}

std::vector<Value> flattened(const std::vector<Value>& objects) {
  std::vector<Value> result;
  for (const Value& object : objects) {
    const Value* items = object.find("items");
    if (is_null_list(object)) {
      continue;
    }
    const bool is_list = items != nullptr && items->is_list();
    for (const Value& one : is_list ? items->items() : std::span(&object, 1)) {
      check(one);
      result.push_back(one);
    }
  }
  return result;
}

}  // namespace celldrift::render
