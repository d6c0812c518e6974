#include "celldrift/render/render.hpp"
#include "render/source_path.hpp"

#include <array>

namespace celldrift::render {
namespace {

struct Block {
  std::string_view key;
  std::string_view name;
  SourceType type;
};
constexpr std::array<Block, 4> blocks = {{
    {"kustomize", "Kustomize", SourceType::kustomize},
    {"helm", "Helm", SourceType::helm},
    {"directory", "Directory", SourceType::directory},
    {"plugin", "Plugin", SourceType::plugin},
}};

std::optional<SourceType> explicit_type(const Value& source_spec) {
  std::optional<SourceType> type;
  std::string names;
  int count = 0;
  for (const Block& block : blocks) {
    const Value* value = source_spec.find(block.key);
    if (value != nullptr && !value->is_null()) {
      type = block.type;
      names += (names.empty() ? "" : ",") + std::string(block.name);
      ++count;
    }
  }
  if (count > 1) {
    throw Error(ErrorCode::repository,
                "multiple application sources defined: " + names,
                source_spec.mark());
  }
  return type;
}

bool is_kustomization(std::string_view name) {
  return name == "kustomization.yaml" || name == "kustomization.yml" || name == "Kustomization";
}

// Files in the order of their names; the last hit wins, so that "kustomization.yaml" beats
// "Chart.yaml".
SourceType discovered_type(const git::Tree& tree, const std::string& path) {
  SourceType type = SourceType::directory;
  for (const git::Entry& entry : tree.list(path)) {
    if (entry.kind != git::EntryKind::file && entry.kind != git::EntryKind::symlink) {
      continue;
    }
    if (entry.name.ends_with("Chart.yaml")) {
      type = SourceType::helm;
    }
    if (is_kustomization(entry.name)) {
      type = SourceType::kustomize;
    }
  }
  return type;
}

}  // namespace

std::string_view describe(SourceType type) {
  static constexpr std::array<std::string_view, 4> names = {
      "directory", "helm", "kustomize", "plugin"};
  return names[static_cast<std::size_t>(type)];
}

SourceType detect(const git::Tree& tree, std::string_view path, const Value& source_spec) {
  const std::string place = source_path(tree, path);
  const std::optional<SourceType> type = explicit_type(source_spec);
  return type ? *type : discovered_type(tree, place);
}

}  // namespace celldrift::render
