// How cells are read, from the options.
#pragma once

#include "cli/cell_reader.hpp"
#include "cli/options.hpp"

namespace celldrift::cli {

kube::ClientOptions client_options();

// `client` must outlive the context. Error(config) for a bad --secret-key-file.
ReadContext read_context(const Options& options, kube::Client& client);

}  // namespace celldrift::cli
