#pragma once
// Picture files on their way to Lazada: fitted to its limits (330 to 5000 px, 3 MB), uploaded once
// per content, whatever the process. A file that was not touched since is not even read again.
// Threads: one.
#include <map>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "connectors/common/known_uploads.h"
#include "connectors/common/picture.h"
#include "connectors/connector.h"
#include "connectors/lazada/client.h"

namespace connectors::lazada {

inline constexpr std::size_t kImageBytesMax = 3'145'728;
inline constexpr std::size_t kImagesKnownMax = 20'000;  // addresses kept

common::PictureLimits picture_limits();

class Images {
 public:
  explicit Images(Client& client) : client_(client), known_(client.uploads()) {}

  // Lazada's addresses of the first kImagesMax different pictures of these packs, in order.
  // Errors: rejected (a file cannot be used), else what the upload said.
  base::Result<std::vector<std::string>> urls_of(std::span<const ListingContent* const> packs);
  // A publication was refused, perhaps for its pictures: they go up again the next time.
  void forget(const ListingContent& content);

 private:
  struct Kept {
    std::string content;  // fingerprint of the bytes
    std::string url;
  };
  base::Result<std::string> url_of(const std::string& path);

  // What tells one state of a file from another without reading it.
  static std::string stamp_of(const std::string& path);

  Client& client_;
  std::map<std::string, Kept> stamped_;  // by path, size and time
  common::KnownUploads known_;
};

}  // namespace connectors::lazada
