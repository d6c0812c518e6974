#include "services/repositories.hpp"

#include "celldrift/core/error.hpp"

namespace celldrift::services {

std::string clone_url(const std::string& protocol,
                      const std::string& ssh,
                      const std::string& https,
                      const std::string& provider) {
  if (protocol.empty() || protocol == "ssh") {
    return ssh;
  }
  if (protocol == "https") {
    return https;
  }
  throw Error(ErrorCode::config,
              "unknown clone protocol for " + provider + " " + printable(protocol));
}

}  // namespace celldrift::services
