// Services that are asked each question once.
#pragma once

#include "celldrift/core/error.hpp"
#include "celldrift/fleet/inputs.hpp"

#include <map>
#include <mutex>
#include <string>
#include <variant>

namespace celldrift::cli {

// Gives the first answer, or failure, again. `asked` must outlive it.
class RememberedServices final : public fleet::Services {
 public:
  explicit RememberedServices(fleet::Services& asked) : asked_(asked) {}

  Value ask(const fleet::ServiceQuestion& question) override;

 private:
  fleet::Services& asked_;
  std::mutex mutex_;
  std::map<std::string, std::variant<Value, Error>> answers_;
};

}  // namespace celldrift::cli
