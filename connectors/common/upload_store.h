#pragma once
// What one account's channel calls the pictures it was given, by a fingerprint of their bytes, so
// that a picture goes up once and not once per process. Calls may throw what storage throws.
// Threads: safe.
#include <optional>
#include <string>

namespace connectors::common {

class UploadStore {
 public:
  virtual ~UploadStore() = default;
  // Nothing: never uploaded, or so long ago that the channel may have dropped it.
  virtual std::optional<std::string> find(const std::string& content) = 0;
  virtual void save(const std::string& content, const std::string& remote) = 0;
  virtual void forget(const std::string& content) = 0;
};

}  // namespace connectors::common
