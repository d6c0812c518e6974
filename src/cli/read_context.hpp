// How cells are read, from the options.
#pragma once

#include "celldrift/compare/argo_settings.hpp"
#include "cli/cell_reader.hpp"
#include "cli/cells.hpp"
#include "cli/options.hpp"

namespace celldrift::cli {

kube::ClientOptions client_options();

// `client` must outlive the context. Error(config) for a bad --secret-key-file.
ReadContext read_context(const Options& options,
                         kube::Client& client,
                         const observe::Sensitive& sensitive);

// For so many snapshots that are read at once, by all cores.
std::shared_ptr<const observe::SnapshotReader> snapshot_reader(std::size_t cells);

// What is sensitive: the built-in rules, and celldrift.yaml's. Error(config) for wrong ones.
observe::Sensitive sensitive_rules(const Setup& setup);
// With what argocd-cm masks.
observe::Sensitive sensitive_rules(const Setup& setup, const compare::ArgoSettings& argo);

}  // namespace celldrift::cli
