#include "cli/hub.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/kube/kubeconfig.hpp"
#include "cli/read_context.hpp"

#include <algorithm>

namespace celldrift::cli {
namespace {

constexpr std::string_view around_us = "in-cluster";

bool has_context(const kube::Kubeconfig& kubeconfig, const std::string& name) {
  return std::ranges::find(kubeconfig.contexts(), name, &kube::Context::name) !=
         kubeconfig.contexts().end();
}

// A question to the hub connects to it, not the mere mention of one.
class HubObjects final : public fleet::ArgoObjects {
 public:
  explicit HubObjects(std::shared_ptr<HubConnection> hub) : hub_(std::move(hub)) {}

  std::optional<Value> config_map(std::string_view name) override {
    return live().config_map(name);
  }
  std::vector<Value> list(std::string_view api_version, std::string_view resource) override {
    return live().list(api_version, resource);
  }

 private:
  fleet::ArgoObjects& live() {
    const std::lock_guard lock(mutex_);
    if (live_ == nullptr) {
      live_ = fleet::live_objects(hub_->hub());
    }
    return *live_;
  }

  const std::shared_ptr<HubConnection> hub_;
  std::mutex mutex_;
  std::unique_ptr<fleet::ArgoObjects> live_;
};

}  // namespace

kube::Connection hub_connection(const FleetOptions& options) {
  const kube::Kubeconfig kubeconfig = kube::Kubeconfig::load(options.kubeconfigs);
  if (options.hub_context == around_us && !has_context(kubeconfig, options.hub_context)) {
    if (const auto around = kube::in_cluster_connection()) {
      return *around;
    }
  }
  try {
    return kubeconfig.connection(options.hub_context);
  } catch (Error& error) {
    throw error.add_context("--hub-context");
  }
}

HubConnection::HubConnection(const Options& options)
    : options_(options.fleet), offline_(options.inputs.offline), timeout_(options.timeout) {}

const kube::Connection& HubConnection::connection() {
  const std::lock_guard lock(mutex_);
  if (!connection_) {
    connection_ = hub_connection(options_);
  }
  return *connection_;
}

fleet::Hub HubConnection::hub() {
  if (offline_) {
    throw Error(ErrorCode::usage,
                "the hub " + options_.hub_context +
                    " is not asked with --offline: give --cluster-secrets, and objects in "
                    "--generator-inputs");
  }
  const kube::Connection& to = connection();
  const std::lock_guard lock(mutex_);
  if (api_ == nullptr) {
    client_ = std::make_unique<kube::Client>(client_options());
    api_ = client_->connect(to);
  }
  return {.api = *api_,
          .name = "context " + options_.hub_context,
          .ns = options_.argocd_namespace.empty() ? "argocd" : options_.argocd_namespace,
          .timeout = timeout_};
}

std::unique_ptr<fleet::ArgoObjects> objects_of_hub(std::shared_ptr<HubConnection> hub) {
  return std::make_unique<HubObjects>(std::move(hub));
}

}  // namespace celldrift::cli
