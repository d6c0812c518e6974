#include "celldrift/core/text.hpp"
#include "celldrift/fleet/cell.hpp"
#include "fleet/cells/cluster_config.hpp"

#include <algorithm>

namespace celldrift::fleet {
namespace {

bool is_cluster_secret(const Value& document) {
  return document.string_at({"apiVersion"}) == "v1" && document.string_at({"kind"}) == "Secret" &&
         document.string_at({"metadata", "labels", "argocd.argoproj.io/secret-type"}) == "cluster";
}

// One key of a Secret: stringData wins over data, as in the API server. The text must never reach a
// message.
std::string secret_text(const Value& secret, std::string_view key) {
  if (const Value* plain = secret.find({"stringData", key});
      plain != nullptr && !plain->is_null()) {
    if (!plain->is_string()) {
      throw Error(ErrorCode::config, "its stringData." + std::string(key) + " must be a string");
    }
    return std::string(plain->as_string());
  }
  const Value* encoded = secret.find({"data", key});
  std::string text;
  if (encoded == nullptr || encoded->is_null()) {
    return text;
  }
  if (!encoded->is_string() || !base64_decode(encoded->as_string(), text)) {
    throw Error(ErrorCode::config, "its data." + std::string(key) + " is not base64");
  }
  return text;
}

Access no_way_to_the_hub() {
  return Unreachable{"no context for in-cluster: give --hub-context"};
}

std::map<std::string, std::string> texts(const Value& secret, std::string_view field) {
  std::map<std::string, std::string> result;
  const Value* map = secret.find({"metadata", field});
  if (map == nullptr) {
    return result;
  }
  for (const auto& [key, value] : map->entries()) {
    if (!value.is_string()) {
      throw Error(ErrorCode::config,
                  "its metadata." + std::string(field) + "." + key.str() + " must be a string");
    }
    result[key.str()] = std::string(value.as_string());
  }
  return result;
}

Access access_of(const Cell& cell, const Value& secret, const SecretReading& reading) {
  const std::string config = secret_text(secret, "config");
  if (cell.is_hub) {  // Argo CD reaches it as the pod that it is; only the caller knows another way
    return reading.hub ? Access(hub_with_config(*reading.hub, config)) : no_way_to_the_hub();
  }
  if (cell.server.empty()) {
    return Unreachable{"its cluster Secret has no server"};
  }
  std::string server = cell.server;
  server.erase(server.find_last_not_of('/') + 1);
  return access_of_config(cell.name, server, config, reading.sign_in);
}

// Generators need no way to sign in: what is wrong with it must not hide the cell from them.
Access access_or_reason(const Cell& cell, const Value& secret, const SecretReading& reading) {
  try {
    return access_of(cell, secret, reading);
  } catch (const Error& error) {
    return Unreachable{"cluster secret " + std::string(secret.string_at({"metadata", "name"})) +
                       ": " + error.message()};
  }
}

Cell read_cell(const Value& secret, const SecretReading& reading) {
  Cell cell;
  cell.name = secret_text(secret, "name");
  cell.server = secret_text(secret, "server");
  cell.project = secret_text(secret, "project");
  if (cell.name.empty() && cell.server.empty()) {
    throw Error(ErrorCode::config, "it needs a name and a server");
  }
  cell.labels = texts(secret, "labels");
  cell.annotations = texts(secret, "annotations");
  cell.is_hub =
      cell.server == in_cluster_server || cell.server == std::string(in_cluster_server) + "/";
  cell.access = access_or_reason(cell, secret, reading);
  cell.origin = secret.mark().known()
                    ? describe(secret.mark())
                    : "cluster secret " + std::string(secret.string_at({"metadata", "name"}));
  return cell;
}

bool disables_hub(const Value& document) {
  return document.string_at({"kind"}) == "ConfigMap" &&
         document.string_at({"metadata", "name"}) == "argocd-cm" &&
         document.string_at({"data", "cluster.inClusterEnabled"}) == "false";
}

class SecretReader {
 public:
  explicit SecretReader(const SecretReading& reading) : reading_(reading) {}

  void add(const Value& document) {
    is_hub_disabled_ = is_hub_disabled_ || disables_hub(document);
    if (!is_cluster_secret(document)) {
      const Value* items = document.find("items");
      const bool is_list = items != nullptr && document.string_at({"kind"}).ends_with("List");
      for (const Value& item : is_list ? items->items() : std::span<const Value>()) {
        if (is_cluster_secret(item) || disables_hub(item)) {
          add(item);
        }
      }
      return;
    }
    try {
      keep(read_cell(document, reading_), document.mark());
    } catch (Error& error) {
      error.add_context("cluster secret " + std::string(document.string_at({"metadata", "name"})));
      problem(error.at(document.mark()));
    }
  }

  SecretCells take() {
    add_implicit();
    for (Cell& cell : result_.cells) {
      cell.disabled = cell.is_hub && is_hub_disabled_;
    }
    return std::move(result_);
  }

 private:
  void problem(const Error& error) { result_.problems.push_back(problem_of(error, Stage::fleet)); }

  void keep(Cell cell, const Mark& mark) {
    const auto twin = std::ranges::find(result_.cells, cell.name, &Cell::name);
    if (twin == result_.cells.end()) {
      result_.cells.push_back(std::move(cell));
      return;
    }
    problem(Error(ErrorCode::config,
                  "two cluster Secrets are named \"" + cell.name + "\" (the other is " +
                      twin->origin + "); Argo CD uses one of them, here the last",
                  mark));
    *twin = std::move(cell);
  }

  void add_implicit() {
    if (std::ranges::any_of(result_.cells,
                            [](const Cell& cell) { return cell.server == in_cluster_server; })) {
      return;
    }
    Cell cell;
    cell.name = "in-cluster";
    cell.server = in_cluster_server;
    cell.synthetic = true;
    cell.is_hub = true;
    cell.access = reading_.hub ? Access(*reading_.hub) : no_way_to_the_hub();
    cell.origin = "Argo CD's implicit cluster";
    result_.cells.push_back(std::move(cell));
  }

  const SecretReading& reading_;
  bool is_hub_disabled_ = false;
  SecretCells result_;
};

}  // namespace

SecretCells cells_from_secrets(const std::vector<Value>& documents, const SecretReading& reading) {
  SecretReader reader(reading);
  for (const Value& document : documents) {
    reader.add(document);
  }
  return reader.take();
}

}  // namespace celldrift::fleet
