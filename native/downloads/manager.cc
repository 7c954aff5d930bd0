// SPDX-License-Identifier: MIT

#include "downloads/manager.h"

#include "com/registry.h"
#include "downloads/marshal.h"
#include "downloads/rows.h"
#include "generated/hresults.h"

namespace dosvc::downloads {

using abi::IDODownload;
using abi::IDOManager;
using com::As;
using com::Empty;
using com::Opt;
using com::Row;

// EnumDownloads returns this failure if there are no downloads; the row makes it an empty list.
constexpr HRESULT kNoDownloads = static_cast<HRESULT>(abi::DO_E_NO_DOWNLOADS);

void AddManagerRows(com::Registry& registry) {
  registry.Add<IDOManager>(
      "IDOManager",
      {
          Row<&IDOManager::CreateDownload>("CreateDownload"),
          Row<&IDOManager::EnumDownloads, Opt<0>, As<1, IDODownload>, Empty<kNoDownloads>>(
              "EnumDownloads"),
      });
}

}  // namespace dosvc::downloads
