#pragma once
// A value or the reason there is none. C++20 on GCC 12 has no std::expected; this is the part of it
// that the house needs.
//
//   Result<Page> page = client.fetch(cursor);
//   if (!page) return page.error();
//   use(page.value());
//
// value() on an error is a bug and asserts. Threads: as the value held.
#include <cassert>
#include <utility>
#include <variant>

#include "base/error.h"

namespace base {

template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}      // NOLINT
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT

  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }

  const T& value() const& {
    assert(ok());
    return *std::get_if<0>(&state_);
  }
  T& value() & {
    assert(ok());
    return *std::get_if<0>(&state_);
  }
  T&& value() && {
    assert(ok());
    return std::move(*std::get_if<0>(&state_));
  }
  const Error& error() const {
    assert(!ok());
    return *std::get_if<1>(&state_);
  }

 private:
  std::variant<T, Error> state_;
};

// Success carries nothing.
struct Done {};
using Status = Result<Done>;

}  // namespace base
