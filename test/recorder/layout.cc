// SPDX-License-Identifier: MIT
//
// Describes our own declarations as compiled: the layout of the services' structures, and the IIDs
// and bases of the interfaces. A test compares the lines with what is published:
// "struct NAME SIZE", "field STRUCT NAME OFFSET SIZE", "interface NAME BASE IID".

#include <objbase.h>
#include <windows.h>

#include <cstddef>
#include <string>
#include <type_traits>

#include "com/iid.h"
#include "downloads/manager.h"
#include "jobs/callback.h"
#include "jobs/delivery_optimization.h"
#include "jobs/http_options.h"
#include "jobs/manager.h"
#include "jobs/peer_cache.h"
#include "jobs/token_options.h"

namespace dosvc::abi {
namespace {

class Lines {
 public:
  void Struct(const char* name, std::size_t size) {
    text_ += std::string("struct ") + name + " " + std::to_string(size) + "\n";
  }
  void Field(const char* of, const char* name, std::size_t offset, std::size_t size) {
    text_ += std::string("field ") + of + " " + name + " " + std::to_string(offset) + " " +
             std::to_string(size) + "\n";
  }
  void Interface(const char* name, const char* base, const IID& iid) {
    wchar_t text[39] = {};
    StringFromGUID2(iid, text, 39);
    text_ += std::string("interface ") + name + " " + base + " " +
             std::string(text + 1, text + 37) + "\n";
  }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

#define STRUCT(name) lines.Struct(#name, sizeof(name))
#define FIELD(of, name) lines.Field(#of, #name, offsetof(of, name), sizeof(of::name))
#define INTERFACE(name, base)                                                 \
  static_assert(std::is_base_of_v<base, name>, #name " derives from " #base); \
  lines.Interface(#name, #base, kIidOf<name>)

void DescribeDownloads(Lines& lines) {
  STRUCT(DO_DOWNLOAD_RANGE);
  FIELD(DO_DOWNLOAD_RANGE, Offset);
  FIELD(DO_DOWNLOAD_RANGE, Length);
  STRUCT(DO_DOWNLOAD_RANGES_INFO);
  FIELD(DO_DOWNLOAD_RANGES_INFO, RangeCount);
  FIELD(DO_DOWNLOAD_RANGES_INFO, Ranges);
  STRUCT(DO_DOWNLOAD_STATUS);
  FIELD(DO_DOWNLOAD_STATUS, BytesTotal);
  FIELD(DO_DOWNLOAD_STATUS, BytesTransferred);
  FIELD(DO_DOWNLOAD_STATUS, State);
  FIELD(DO_DOWNLOAD_STATUS, Error);
  FIELD(DO_DOWNLOAD_STATUS, ExtendedError);
  STRUCT(DO_DOWNLOAD_ENUM_CATEGORY);
  FIELD(DO_DOWNLOAD_ENUM_CATEGORY, Property);
  FIELD(DO_DOWNLOAD_ENUM_CATEGORY, Value);

  INTERFACE(IDOManager, IUnknown);
  INTERFACE(IDODownload, IUnknown);
  INTERFACE(IDODownloadStatusCallback, IUnknown);
  // We use the system's own declaration.
  lines.Interface("IEnumUnknown", "IUnknown", __uuidof(IEnumUnknown));
}

void DescribeJobStructs(Lines& lines) {
  STRUCT(BG_FILE_PROGRESS);
  FIELD(BG_FILE_PROGRESS, BytesTotal);
  FIELD(BG_FILE_PROGRESS, BytesTransferred);
  FIELD(BG_FILE_PROGRESS, Completed);
  STRUCT(BG_FILE_INFO);
  FIELD(BG_FILE_INFO, RemoteName);
  FIELD(BG_FILE_INFO, LocalName);
  STRUCT(BG_JOB_PROGRESS);
  FIELD(BG_JOB_PROGRESS, BytesTotal);
  FIELD(BG_JOB_PROGRESS, BytesTransferred);
  FIELD(BG_JOB_PROGRESS, FilesTotal);
  FIELD(BG_JOB_PROGRESS, FilesTransferred);
  STRUCT(BG_JOB_TIMES);
  FIELD(BG_JOB_TIMES, CreationTime);
  FIELD(BG_JOB_TIMES, ModificationTime);
  FIELD(BG_JOB_TIMES, TransferCompletionTime);
  STRUCT(BG_FILE_RANGE);
  FIELD(BG_FILE_RANGE, InitialOffset);
  FIELD(BG_FILE_RANGE, Length);
  STRUCT(BG_JOB_REPLY_PROGRESS);
  FIELD(BG_JOB_REPLY_PROGRESS, BytesTotal);
  FIELD(BG_JOB_REPLY_PROGRESS, BytesTransferred);
  STRUCT(BG_BASIC_CREDENTIALS);
  FIELD(BG_BASIC_CREDENTIALS, UserName);
  FIELD(BG_BASIC_CREDENTIALS, Password);
  STRUCT(BG_AUTH_CREDENTIALS);
  FIELD(BG_AUTH_CREDENTIALS, Target);
  FIELD(BG_AUTH_CREDENTIALS, Scheme);
  FIELD(BG_AUTH_CREDENTIALS, Credentials);
  STRUCT(BITS_JOB_PROPERTY_VALUE);
  FIELD(BITS_JOB_PROPERTY_VALUE, Dword);
  FIELD(BITS_JOB_PROPERTY_VALUE, ClsID);
  FIELD(BITS_JOB_PROPERTY_VALUE, Enable);
  FIELD(BITS_JOB_PROPERTY_VALUE, Uint64);
  FIELD(BITS_JOB_PROPERTY_VALUE, Target);
  STRUCT(BITS_FILE_PROPERTY_VALUE);
  FIELD(BITS_FILE_PROPERTY_VALUE, String);
}

void DescribeSwarmStats(Lines& lines) {
  STRUCT(DOSwarmStats);
  FIELD(DOSwarmStats, fileId);
  FIELD(DOSwarmStats, sourceURL);
  FIELD(DOSwarmStats, fileSize);
  FIELD(DOSwarmStats, totalBytesDownloaded);
  FIELD(DOSwarmStats, bytesFromLanPeers);
  FIELD(DOSwarmStats, bytesFromGroupPeers);
  FIELD(DOSwarmStats, bytesFromInternetPeers);
  FIELD(DOSwarmStats, bytesFromHttp);
  FIELD(DOSwarmStats, bytesFromDoinc);
  FIELD(DOSwarmStats, bytesToLanPeers);
  FIELD(DOSwarmStats, bytesToGroupPeers);
  FIELD(DOSwarmStats, bytesToInternetPeers);
  FIELD(DOSwarmStats, httpConnectionCount);
  FIELD(DOSwarmStats, doincConnectionCount);
  FIELD(DOSwarmStats, lanConnectionCount);
  FIELD(DOSwarmStats, groupConnectionCount);
  FIELD(DOSwarmStats, internetConnectionCount);
  FIELD(DOSwarmStats, downloadDuration);
  FIELD(DOSwarmStats, downloadMode);
  FIELD(DOSwarmStats, status);
  FIELD(DOSwarmStats, isBackground);
}

void DescribeJobInterfaces(Lines& lines) {
  INTERFACE(IBackgroundCopyManager, IUnknown);
  INTERFACE(IBackgroundCopyJob, IUnknown);
  INTERFACE(IBackgroundCopyJob2, IBackgroundCopyJob);
  INTERFACE(IBackgroundCopyJob3, IBackgroundCopyJob2);
  INTERFACE(IBackgroundCopyJob4, IBackgroundCopyJob3);
  INTERFACE(IBackgroundCopyJob5, IBackgroundCopyJob4);
  INTERFACE(IBackgroundCopyFile, IUnknown);
  INTERFACE(IBackgroundCopyFile2, IBackgroundCopyFile);
  INTERFACE(IBackgroundCopyFile3, IBackgroundCopyFile2);
  INTERFACE(IBackgroundCopyFile4, IBackgroundCopyFile3);
  INTERFACE(IBackgroundCopyFile5, IBackgroundCopyFile4);
  INTERFACE(IBackgroundCopyFile6, IBackgroundCopyFile5);
  INTERFACE(IBackgroundCopyError, IUnknown);
  INTERFACE(IEnumBackgroundCopyFiles, IUnknown);
  INTERFACE(IEnumBackgroundCopyJobs, IUnknown);
  INTERFACE(IBackgroundCopyCallback, IUnknown);
  INTERFACE(IBackgroundCopyCallback2, IBackgroundCopyCallback);
  INTERFACE(IBackgroundCopyCallback3, IBackgroundCopyCallback2);
  INTERFACE(AsyncIBackgroundCopyCallback, IUnknown);
  INTERFACE(IBackgroundCopyServerCertificateValidationCallback, IUnknown);
  INTERFACE(IBackgroundCopyJobHttpOptions, IUnknown);
  INTERFACE(IBackgroundCopyJobHttpOptions2, IBackgroundCopyJobHttpOptions);
  INTERFACE(IBackgroundCopyJobHttpOptions3, IBackgroundCopyJobHttpOptions2);
  INTERFACE(IBitsTokenOptions, IUnknown);
  INTERFACE(IBitsPeer, IUnknown);
  INTERFACE(IBitsPeerCacheRecord, IUnknown);
  INTERFACE(IBitsPeerCacheAdministration, IUnknown);
  INTERFACE(IEnumBitsPeers, IUnknown);
  INTERFACE(IEnumBitsPeerCacheRecords, IUnknown);
  INTERFACE(IDeliveryOptimizationJob, IUnknown);
  INTERFACE(IDeliveryOptimizationJob2, IUnknown);
  INTERFACE(IDeliveryOptimizationFile, IUnknown);
  INTERFACE(IDeliveryOptimizationFile2, IUnknown);
}

}  // namespace
}  // namespace dosvc::abi

extern "C" __declspec(dllexport) const char* DescribeDeclarations() {
  static const std::string text = [] {
    dosvc::abi::Lines lines;
    dosvc::abi::DescribeDownloads(lines);
    dosvc::abi::DescribeJobStructs(lines);
    dosvc::abi::DescribeSwarmStats(lines);
    dosvc::abi::DescribeJobInterfaces(lines);
    return lines.text();
  }();
  return text.c_str();
}
