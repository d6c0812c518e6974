#include "render/overrides.hpp"

#include "celldrift/fleet/overrides.hpp"
#include "celldrift/yaml/yaml.hpp"

#include <algorithm>
#include <optional>
#include <vector>

namespace celldrift::render {
namespace {

constexpr std::string_view of_all = ".argocd-source.yaml";
constexpr std::string_view of_one = ".argocd-source-";

// A directory of that name, and a link that leads nowhere, are passed over.
bool is_file(const git::Tree& tree, const std::string& path) {
  try {
    const std::optional<git::Entry> entry = tree.find(path);
    return entry && entry->kind == git::EntryKind::file;
  } catch (const Error& error) {
    if (error.code() == ErrorCode::not_found) {
      return false;
    }
    throw;
  }
}

Value read_override(const git::Tree& tree, const std::string& path) {
  const git::Blob blob = tree.read(path);
  const SourceId source = intern_source({path, blob.oid, tree.commit()});
  const Value patch = yaml::parse(*blob.text, {.source = source}).value;
  if (!patch.is_map()) {
    throw Error(ErrorCode::parse,
                "overrides of a source must be a map, not " + std::string(describe(patch.kind())),
                {source, 1, 0});
  }
  return patch;
}

void refuse_unknown(const git::Tree& tree, const std::string& path) {
  for (const git::Entry& entry : tree.list(path)) {
    if (entry.kind != git::EntryKind::directory && entry.name.starts_with(of_one) &&
        entry.name.ends_with(".yaml")) {
      throw Error(ErrorCode::unsupported,
                  path + "/" + entry.name +
                      " overrides the source for one Application: render the Application instead");
    }
  }
}

}  // namespace

bool may_be_overridden(const git::Tree& tree, const std::string& path) {
  return std::ranges::any_of(tree.list(path), [](const git::Entry& entry) {
    return entry.name.starts_with(".argocd-source");
  });
}

Value with_overrides(const git::Tree& tree,
                     const std::string& path,
                     const Value& source_spec,
                     const std::string& application) {
  std::vector<std::string> names{std::string(of_all)};
  if (application.empty()) {
    refuse_unknown(tree, path);
  } else {
    names.push_back(std::string(of_one) + application + ".yaml");
  }
  std::vector<Value> patches;
  for (const std::string& name : names) {
    const std::string file = path.empty() ? name : path + "/" + name;
    if (is_file(tree, file)) {
      patches.push_back(read_override(tree, file));
    }
  }
  return patches.empty() ? source_spec : fleet::overridden_source(source_spec, patches);
}

}  // namespace celldrift::render
