#include "celldrift/fleet/config.hpp"

#include "celldrift/core/text.hpp"
#include "celldrift/yaml/fields.hpp"
#include "celldrift/yaml/yaml.hpp"
#include "fleet/cells/contexts.hpp"

#include <algorithm>
#include <array>
#include <filesystem>

namespace celldrift::fleet {
namespace {

using yaml::Fields;

constexpr std::size_t max_bytes = 4u << 20;

constexpr std::array<std::string_view, 22> config_keys = {"repo",
                                                          "revision",
                                                          "failOn",
                                                          "contexts",
                                                          "snapshots",
                                                          "maxAge",
                                                          "clusterSecrets",
                                                          "cells",
                                                          "map",
                                                          "hubContext",
                                                          "argocdNamespace",
                                                          "argocdCm",
                                                          "generatorInputs",
                                                          "newGitFileGlobbing",
                                                          "managers",
                                                          "rights",
                                                          "sensitive",
                                                          "rules",
                                                          "waivers",
                                                          "budgets",
                                                          "waves",
                                                          "packs"};
constexpr std::array<std::string_view, 7> cell_keys = {
    "name", "server", "context", "snapshot", "labels", "annotations", "hub"};
constexpr std::array<std::string_view, 3> severities = {"error", "warning", "note"};

CellEntry read_cell(const Value& value, std::size_t index) {
  const Fields fields(value, "cells[" + std::to_string(index) + "]", cell_keys);
  CellEntry cell{.name = fields.text("name"),
                 .server = fields.text("server"),
                 .context = fields.text("context"),
                 .snapshot = fields.text("snapshot"),
                 .labels = fields.text_map("labels"),
                 .annotations = fields.text_map("annotations"),
                 .hub = fields.flag("hub"),
                 .mark = value.mark()};
  if (cell.name.empty()) {
    throw Error(ErrorCode::config, fields.path("name") + " is missing", value.mark());
  }
  if (!cell.context.empty() && !cell.snapshot.empty()) {
    throw Error(ErrorCode::config,
                "cell \"" + cell.name + "\" has both context and snapshot; keep one",
                value.mark());
  }
  return cell;
}

// One without either may have its snapshot among those of `snapshots`, or of --snapshot.
void require_way(const CellEntry& cell, const Config& config) {
  if (cell.context.empty() && cell.snapshot.empty() && cell.server.empty() &&
      config.snapshots.empty()) {
    throw Error(ErrorCode::config,
                "cell \"" + cell.name + "\" needs a context, a snapshot or a server",
                cell.mark);
  }
}

void require_distinct(const std::vector<CellEntry>& cells) {
  for (auto cell = cells.begin(); cell != cells.end(); ++cell) {
    const auto twin = std::find_if(cells.begin(), cell, [&](const CellEntry& other) {
      return other.name == cell->name || (other.hub && cell->hub);
    });
    if (twin != cell) {
      throw Error(ErrorCode::config,
                  (twin->name == cell->name
                       ? "two cells are named \"" + cell->name + "\""
                       : "cells \"" + twin->name + "\" and \"" + cell->name + "\" are both hubs") +
                      "; the other one is at " + describe(twin->mark),
                  cell->mark);
    }
  }
}

std::string severity(const Fields& fields) {
  const std::string name = fields.text("failOn");
  if (!name.empty() && std::ranges::find(severities, name) == severities.end()) {
    throw Error(ErrorCode::config,
                fields.path("failOn") + " must be error, warning or note, not \"" + name + "\"",
                fields.find("failOn")->mark());
  }
  return name;
}

Value rows(const Fields& fields, std::string_view key) {
  const Value* list = fields.find(key);
  if (list == nullptr || list->is_null()) {
    return {};
  }
  if (!list->is_list()) {
    throw Error(ErrorCode::config, fields.path(key) + " must be a list", list->mark());
  }
  return *list;
}

// What a rule file has too, as a document of its own.
Value rules_of(const Value& document) {
  static constexpr std::string_view keys[] = {"rules", "waivers", "budgets", "waves", "packs"};
  Value rules;
  for (const std::string_view key : keys) {
    if (const Value* value = document.find(key)) {
      rules = rules.with(key, *value);
    }
  }
  return rules.with_mark(document.mark());
}

Value parse_file(const std::string& path) {
  const std::string text = yaml::to_utf8(read_file(path, max_bytes));
  const yaml::Document document = yaml::parse(text, {.source = intern_source({path, "", ""})});
  if (!document.warnings.empty()) {
    throw Error(
        ErrorCode::config, document.warnings.front().message, document.warnings.front().mark);
  }
  return document.value.is_null() ? Value::map({}) : document.value;
}

Access access_of(const CellEntry& entry, const Config& config, const kube::Kubeconfig& kubeconfig) {
  if (entry.snapshot.find("://") != std::string::npos) {
    return SnapshotFile{entry.snapshot};
  }
  if (!entry.snapshot.empty()) {
    return SnapshotFile{
        (std::filesystem::path(config.directory) / entry.snapshot).lexically_normal().string()};
  }
  if (!entry.context.empty()) {
    return access_by_context(kubeconfig, entry.context);
  }
  return Unreachable{"celldrift.yaml gives neither a context nor a snapshot for it"};
}

std::string server_of(const CellEntry& entry, const kube::Kubeconfig& kubeconfig) {
  if (!entry.server.empty() || entry.context.empty()) {
    return entry.server;
  }
  const auto& contexts = kubeconfig.contexts();
  const auto context = std::ranges::find(contexts, entry.context, &kube::Context::name);
  if (context == contexts.end()) {
    throw no_such_context(kubeconfig, entry.context)
        .add_context("cell " + entry.name)
        .at(entry.mark);
  }
  return context->server;
}

}  // namespace

Config read_config(const std::string& path) {
  try {
    const Value document = parse_file(path);
    const Fields fields(document, "celldrift.yaml", config_keys);
    Config config{.directory = std::filesystem::path(path).parent_path().string(),
                  .repo = fields.text("repo"),
                  .revision = fields.text("revision"),
                  .fail_on = severity(fields),
                  .contexts = fields.texts("contexts"),
                  .snapshots = fields.texts("snapshots"),
                  .max_age = fields.text("maxAge"),
                  .cluster_secrets = fields.texts("clusterSecrets"),
                  .cells = {},
                  .map = fields.text_map("map"),
                  .hub_context = fields.text("hubContext"),
                  .argocd_namespace = fields.text("argocdNamespace"),
                  .argocd_cm = fields.text("argocdCm"),
                  .generator_inputs = fields.text("generatorInputs"),
                  .new_git_file_globbing = fields.flag("newGitFileGlobbing"),
                  .managers = rows(fields, "managers"),
                  .rights = rows(fields, "rights"),
                  .sensitive = rows(fields, "sensitive"),
                  .rules = rules_of(document)};
    for (const Value& cell : fields.list("cells")) {
      config.cells.push_back(read_cell(cell, config.cells.size()));
      require_way(config.cells.back(), config);
    }
    require_distinct(config.cells);
    return config;
  } catch (const Error& error) {
    if (error.code() == ErrorCode::config) {
      throw;
    }
    throw Error(ErrorCode::config, error.message(), error.mark());
  }
}

std::string find_config(const std::string& directory) {
  std::error_code ignored;
  std::filesystem::path place =
      std::filesystem::absolute(directory.empty() ? "." : directory, ignored).lexically_normal();
  for (;;) {
    const std::filesystem::path candidate = place / "celldrift.yaml";
    if (std::filesystem::is_regular_file(candidate, ignored)) {
      return candidate.string();
    }
    if (!place.has_parent_path() || place == place.parent_path()) {
      return "";
    }
    place = place.parent_path();
  }
}

std::vector<Cell> cells_from_config(const Config& config, const kube::Kubeconfig& kubeconfig) {
  std::vector<Cell> cells;
  for (const CellEntry& entry : config.cells) {
    Cell cell;
    cell.name = entry.name;
    cell.server = server_of(entry, kubeconfig);
    cell.labels = entry.labels;
    cell.annotations = entry.annotations;
    cell.labelled_by = "its entry in celldrift.yaml";
    cell.is_hub = entry.hub;
    cell.access = access_of(entry, config, kubeconfig);
    cell.origin = describe(entry.mark);
    cells.push_back(std::move(cell));
  }
  return cells;
}

}  // namespace celldrift::fleet
