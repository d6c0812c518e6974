// What follows values that differ from run to run through a Run.
#pragma once

#include "gotemplate/run.hpp"

namespace celldrift::gotemplate {

class Run::VolatileScope {
 public:
  VolatileScope(Run& run, const Operand& condition) : run_(run), before_(run.in_volatile_) {
    if (condition.value.is_volatile() && !before_) {
      run.in_volatile_ = true;
      // Perhaps nothing is written here now, but something another time.
      run.writer_->mark_volatile();
    }
  }
  ~VolatileScope() { run_.in_volatile_ = before_; }
  VolatileScope(const VolatileScope&) = delete;
  VolatileScope& operator=(const VolatileScope&) = delete;

 private:
  Run& run_;
  bool before_;
};

}  // namespace celldrift::gotemplate
