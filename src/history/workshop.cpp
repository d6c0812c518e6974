#include "celldrift/history/application_history.hpp"

namespace celldrift::history {
namespace {

constexpr std::size_t most_objects = 200'000;
constexpr std::size_t most_expanded = 100'000;

}  // namespace

Workshop::Workshop(fleet::GeneratorInputs inputs, std::string controller_ns)
    : inputs_(inputs), controller_ns_(std::move(controller_ns)) {}

std::shared_ptr<render::Renderer> Workshop::renderer() {
  const std::lock_guard lock(mutex_);
  if (renderer_ == nullptr || objects_ > most_objects) {
    renderer_ = std::make_shared<render::Renderer>(controller_ns_);
    objects_ = 0;
  }
  return renderer_;
}

void Workshop::count(const Sources& rendered) {
  const std::lock_guard lock(mutex_);
  for (const auto& source : rendered) {
    objects_ += source->objects.size();
  }
}

Workshop::Expanded Workshop::expanded(const std::string& key,
                                      const std::function<Expanded()>& make) {
  {
    const std::lock_guard lock(mutex_);
    if (const auto found = expanded_.find(key); found != expanded_.end()) {
      return found->second;
    }
  }
  Expanded made = make();
  const std::lock_guard lock(mutex_);
  if (expanded_.size() > most_expanded) {
    expanded_.clear();
  }
  return expanded_.try_emplace(key, std::move(made)).first->second;
}

}  // namespace celldrift::history
