#include "cli/read_context.hpp"

#include "cli/flags.hpp"

#include <algorithm>
#include <thread>

namespace celldrift::cli {

kube::ClientOptions client_options() {
  return {.user_agent = "celldrift/" CELLDRIFT_VERSION};
}

observe::Sensitive sensitive_rules(const Setup& setup) {
  const observe::Sensitive& builtin = observe::Sensitive::builtin();
  return setup.config.sensitive.is_null() ? builtin : builtin.with(setup.config.sensitive);
}

observe::Sensitive sensitive_rules(const Setup& setup, const compare::ArgoSettings& argo) {
  const std::vector<std::string> masked(argo.sensitive_annotations.begin(),
                                        argo.sensitive_annotations.end());
  return sensitive_rules(setup).with_annotations(masked);
}

std::shared_ptr<const observe::SnapshotReader> snapshot_reader(std::size_t cells) {
  const std::size_t cores = std::max(1u, std::thread::hardware_concurrency());
  return std::make_shared<const observe::SnapshotReader>(
      std::max<std::size_t>(1, cores / std::max<std::size_t>(1, cells)));
}

ReadContext read_context(const Options& options,
                         kube::Client& client,
                         const observe::Sensitive& sensitive) {
  auto schemas = std::make_shared<observe::SchemaCache>(observe::SchemaCache::default_folder());
  std::optional<std::chrono::seconds> max_age;
  if (!options.fleet.max_age.empty()) {
    max_age =
        std::chrono::ceil<std::chrono::seconds>(parse_duration("--max-age", options.fleet.max_age));
  }
  const bool has_fleet_key = !options.secret_key_file.empty();
  return {.client = client,
          .options = {.timeout = options.timeout, .schemas = schemas.get(), .sensitive = sensitive},
          .key = has_fleet_key ? observe::SecretKey::from_file(options.secret_key_file)
                               : observe::SecretKey::random(),
          .is_fleet_key = has_fleet_key,
          .now = options.now,
          .max_age = max_age,
          .schemas = schemas};
}

}  // namespace celldrift::cli
