// The one place where work fans out over threads.
#pragma once

#include <cstddef>
#include <functional>

namespace celldrift {

// Calls `work(0) … work(count-1)`, on up to `threads` threads (0: as many as the machine has
// cores), and returns when all are done. `work` must not throw: it turns errors into Problems. An
// exception that escapes all the same is thrown on, after the rest has finished (the one of the
// lowest index). Order of calls is not defined; write results by index and the output never depends
// on timing.
void for_each_index(std::size_t count,
                    std::size_t threads,
                    const std::function<void(std::size_t)>& work);

}  // namespace celldrift
