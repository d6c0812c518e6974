// The plugin generator's question to its plugin.
#pragma once

#include "celldrift/services/services.hpp"

namespace celldrift::services {

// The parameter maps that the plugin gives. Throws Error(config) when the ConfigMap that names the
// plugin is missing or incomplete, Error(auth) when the environment has no token for it.
Value ask_plugin(http::Client& network,
                 const LiveOptions& options,
                 const fleet::ServiceQuestion& question,
                 http::Deadline deadline);

}  // namespace celldrift::services
