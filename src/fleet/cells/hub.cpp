#include "celldrift/fleet/hub.hpp"

#include "celldrift/core/text.hpp"
#include "celldrift/kube/list.hpp"
#include "celldrift/yaml/yaml.hpp"

#include <algorithm>
#include <map>
#include <mutex>

namespace celldrift::fleet {
namespace {

constexpr std::string_view secret_type = "argocd.argoproj.io/secret-type=cluster";

kube::Deadline deadline(const Hub& hub) {
  return std::chrono::steady_clock::now() + hub.timeout;
}

// What was being done, and what to do about a refusal.
Error explained(Error error, const Hub& hub, const std::string& verb, const std::string& what) {
  if (error.code() == ErrorCode::forbidden) {
    error = Error(ErrorCode::forbidden,
                  error.message() + "; the right to " + verb + " " + what + " in namespace " +
                      hub.ns + " is needed");
  }
  return error.add_context("hub (" + hub.name + "): reading " + what + " of namespace " + hub.ns);
}

std::string config_map_path(const Hub& hub, std::string_view name) {
  return "/api/v1/namespaces/" + hub.ns + "/configmaps/" + std::string(name);
}

// Nothing where the hub says that there is none.
std::optional<Value> read_config_map(const Hub& hub, std::string_view name) {
  try {
    const kube::Response response =
        hub.api.get({.path = config_map_path(hub, name), .accept = ""}, deadline(hub)).get();
    return yaml::parse_json(response.body).value;
  } catch (const Error& error) {
    if (error.code() == ErrorCode::not_found) {
      return std::nullopt;
    }
    throw explained(error, hub, "get", "configmap " + std::string(name));
  }
}

std::vector<Value> read_list(const Hub& hub, const kube::ListRequest& request) {
  std::vector<Value> objects;
  try {
    kube::list(
        hub.api,
        request,
        deadline(hub),
        [&](const Value& object) { objects.push_back(object); },
        [&] { objects.clear(); });
  } catch (const Error& error) {
    const std::string group = request.group.empty() ? "" : "." + request.group;
    throw explained(error, hub, "list", request.resource + group);
  }
  std::ranges::sort(
      objects, {}, [](const Value& object) { return object.string_at({"metadata", "name"}); });
  return objects;
}

// A name goes into a URL's path; what is no name is not there.
bool is_object_name(std::string_view name) {
  return !name.empty() && name.size() <= 253 && name.find_first_of("/?#%\\ ") == name.npos &&
         name != "." && name != "..";
}

class LiveObjects final : public ArgoObjects {
 public:
  explicit LiveObjects(Hub hub) : hub_(std::move(hub)) {}

  std::optional<Value> config_map(std::string_view name) override {
    const std::lock_guard lock(mutex_);
    const std::string key(name);
    if (!config_maps_.contains(key)) {
      config_maps_[key] = is_object_name(name) ? read_config_map(hub_, name) : std::nullopt;
    }
    return config_maps_[key];
  }

  std::vector<Value> list(std::string_view api_version, std::string_view resource) override {
    const std::lock_guard lock(mutex_);
    const std::string key = std::string(api_version) + "/" + std::string(resource);
    if (!lists_.contains(key)) {
      const std::size_t slash = api_version.rfind('/');
      const bool has_group = slash != std::string_view::npos;
      lists_[key] = read_list(
          hub_,
          {.group = std::string(has_group ? api_version.substr(0, slash) : ""),
           .version = std::string(has_group ? api_version.substr(slash + 1) : api_version),
           .resource = std::string(resource),
           .kind = "",
           .ns = hub_.ns});
    }
    return lists_[key];
  }

 private:
  const Hub hub_;
  std::mutex mutex_;
  std::map<std::string, std::optional<Value>> config_maps_;
  std::map<std::string, std::vector<Value>> lists_;
};

}  // namespace

std::vector<Value> read_cluster_secrets(const Hub& hub) {
  std::vector<Value> documents = read_list(hub,
                                           {.group = "",
                                            .version = "v1",
                                            .resource = "secrets",
                                            .kind = "",
                                            .ns = hub.ns,
                                            .label_selector = std::string(secret_type)});
  if (std::optional<Value> settings = read_config_map(hub, "argocd-cm")) {
    documents.push_back(std::move(*settings));
  }
  return documents;
}

std::unique_ptr<ArgoObjects> live_objects(Hub hub) {
  return std::make_unique<LiveObjects>(std::move(hub));
}

}  // namespace celldrift::fleet
