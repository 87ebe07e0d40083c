#include <algorithm>

#include "sandbox/lazada/handlers.h"
#include "sandbox/wire/image.h"
#include "sandbox/wire/sign.h"

namespace sandbox::lazada {
namespace {

constexpr std::size_t kImageBytesMax = 3'145'728;
constexpr std::size_t kMigrateMax = 8;
constexpr std::size_t kBatchesMax = 1'000;

Json hosted(const std::string& content, bool png) {
  const auto hash = wire::content_id(content);
  const auto url = "https://vn-live.slatic.net/p/" + hash + (png ? ".png" : ".jpg");
  return object({{"hash_code", hash}, {"url", url}});
}

// Where a picture may be fetched from: a named host on the standard ports.
bool may_fetch(const std::string& url) {
  const auto scheme = url.find("://");
  if (scheme == std::string::npos ||
      (!url.starts_with("http://") && !url.starts_with("https://"))) {
    return false;
  }
  const auto host = url.substr(scheme + 3, url.find_first_of("/?#", scheme + 3) - scheme - 3);
  const bool address = host.find_first_not_of("0123456789.:[]") == std::string::npos;
  const auto colon = host.rfind(':');
  const auto port = colon == std::string::npos ? std::string{} : host.substr(colon + 1);
  return !host.empty() && !address && (port.empty() || port == "80" || port == "443");
}

bool png_name(const std::string& url) {
  return url.ends_with(".png");
}

}  // namespace

bool hosted_image(const std::string& url) {
  return url.starts_with("https://vn-live.slatic.net/") ||
         url.starts_with("http://vn-live.slatic.net/") ||
         url.starts_with("https://vn-live-02.slatic.net/") ||
         url.starts_with("https://sg-live.slatic.net/");
}

Reply image_upload(Shop& shop, const Call& call) {
  for (const auto& file : call.files) {
    if (file.name != "image") continue;
    if (file.body.size() > kImageBytesMax) return fail("ISP", "303", "E303: Image is too large");
    const auto picture = wire::recognise(file.body);
    if (!picture) return fail("ISP", "300", "E300: Upload image failed, JPG and PNG only");
    const auto [low, high] = std::minmax(picture->width, picture->height);
    if (low < shop.rules.image_side_min || high > shop.rules.image_side_max) {
      return fail("ISP", "300", "E300: Upload image failed, sides must be 330 to 5000 pixels");
    }
    return data(object({{"image", hosted(file.body, picture->png)}}));
  }
  return missing("image");
}

Reply image_migrate(Shop&, const Call& call) {
  const auto request = read_payload(call.text("payload"));
  if (!request) return fail("ISV", "5", "E005: Invalid Request Format");
  const auto* image = request->child("Image");
  const auto url = image != nullptr ? image->value("Url") : std::string{};
  if (!may_fetch(url)) return fail("ISP", "302", "E302: Unsupported image URL");
  return data(object({{"image", hosted(url, png_name(url))}}));
}

Reply images_migrate(Shop& shop, const Call& call) {
  const auto request = read_payload(call.text("payload"));
  if (!request) return fail("ISV", "5", "E005: Invalid Request Format");
  const auto* images = request->child("Images");
  const auto urls = images != nullptr ? images->all("Url") : std::vector<const Node*>{};
  if (urls.empty() || urls.size() > kMigrateMax) {
    return fail("ISP", "301", "E301: Migrate image failed, 1 to 8 URLs");
  }
  std::vector<Json> good;
  std::vector<Json> bad;
  for (const auto* url : urls) {
    if (may_fetch(url->text)) {
      good.push_back(hosted(url->text, png_name(url->text)));
    } else {
      bad.push_back(object(
          {{"field", "Url"}, {"msg", "E302: Unsupported image URL"}, {"original_url", url->text}}));
    }
  }
  if (shop.image_batches.size() >= kBatchesMax) shop.image_batches.clear();
  const auto batch = shop.context.dice.hex(24);
  shop.image_batches[batch] =
      object({{"images", wire::array(std::move(good))}, {"errors", wire::array(std::move(bad))}});
  return flat(object({{"batch_id", batch}}));
}

Reply image_response(Shop& shop, const Call& call) {
  const auto found = shop.image_batches.find(call.text("batch_id"));
  if (found == shop.image_batches.end()) {
    return fail("ISP", "301", "E301: Migrate image failed, unknown batch_id");
  }
  return data(found->second);
}

}  // namespace sandbox::lazada
