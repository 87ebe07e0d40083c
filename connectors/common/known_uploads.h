#pragma once
// The pictures one account's channel has already, by a fingerprint of their bytes: in memory, and
// behind it in the account's store, where there is one. A store that cannot be asked or written is
// passed over: the picture goes up once more, no harm. Nothing here throws. Threads: one.
#include <map>
#include <string>

#include "connectors/common/upload_store.h"

namespace connectors::common {

class KnownUploads {
 public:
  static constexpr std::size_t kKnownMax = 20'000;  // in memory

  explicit KnownUploads(UploadStore* store) : store_(store) {}

  // The channel's name of it; empty: not there.
  std::string find(const std::string& content);
  void keep(const std::string& content, const std::string& remote);
  // The channel may have dropped it: it goes up again.
  void forget(const std::string& content);

 private:
  UploadStore* const store_;
  std::map<std::string, std::string> known_;
};

}  // namespace connectors::common
