#pragma once
// POST …/batch: create, update and delete lists in one call, a verdict per item in its place, the
// call itself 200. More than 100 items together are refused whole. Threads: the caller locks.
#include <functional>

#include "sandbox/provincial/shapes.h"

namespace sandbox::provincial {

struct BatchSteps {
  std::function<Answer(const Json&)> create;
  std::function<Answer(std::int64_t, const Json&)> update;
  std::function<Answer(std::int64_t)> remove;
};

Answer run_batch(const Json& body, const BatchSteps& steps);

}  // namespace sandbox::provincial
