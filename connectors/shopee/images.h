#pragma once
// Picture files on their way to Shopee: made to fit, uploaded once per content, whatever the
// process. Threads: one.
#include <string>
#include <vector>

#include "base/result.h"
#include "connectors/common/known_uploads.h"
#include "connectors/common/picture.h"
#include "connectors/connector.h"
#include "connectors/shopee/client.h"

namespace connectors::shopee {

inline constexpr std::size_t kImageBytesMax = std::size_t{10} << 20;
inline constexpr int kImageSideMax = 4'096;  // ours: Shopee names no limit and shows 1024
inline constexpr int kImageSideMin = 1;

inline constexpr common::PictureLimits kImageLimits{
    .bytes_max = kImageBytesMax, .side_max = kImageSideMax, .side_min = kImageSideMin};

class Images {
 public:
  explicit Images(Client& client) : client_(client), known_(client.uploads()) {}

  // Shopee's ids of the first kImagesMax pictures, in order. Errors: rejected (a file cannot be
  // used), else what the upload said.
  base::Result<std::vector<std::string>> ids_of(const ListingContent& content);
  // A publication was refused, perhaps for its pictures: they go up again the next time.
  void forget(const ListingContent& content);

 private:
  base::Result<std::string> id_of(const std::string& path);

  Client& client_;
  common::KnownUploads known_;
};

}  // namespace connectors::shopee
