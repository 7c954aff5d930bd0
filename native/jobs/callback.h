// SPDX-License-Identifier: MIT
//
// The callbacks that a client implements. The layouts are those of Bits.Idl, bits3_0.idl,
// bits10_1.idl and bits10_3.idl.
// https://learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopycallback
#pragma once

#include "jobs/job.h"

namespace dosvc::abi {

struct IBackgroundCopyCallback : IUnknown {
  static constexpr Iid<IBackgroundCopyCallback> kIid{"97ea99c7-0186-4ad4-8df9-c5b4e0ed6b22"};

  virtual HRESULT STDMETHODCALLTYPE JobTransferred(IBackgroundCopyJob* pJob) = 0;
  virtual HRESULT STDMETHODCALLTYPE JobError(IBackgroundCopyJob* pJob,
                                             IBackgroundCopyError* pError) = 0;
  virtual HRESULT STDMETHODCALLTYPE JobModification(IBackgroundCopyJob* pJob, DWORD dwReserved) = 0;
};

struct IBackgroundCopyCallback2 : IBackgroundCopyCallback {
  static constexpr Iid<IBackgroundCopyCallback2> kIid{"659cdeac-489e-11d9-a9cd-000d56965251"};

  virtual HRESULT STDMETHODCALLTYPE FileTransferred(IBackgroundCopyJob* pJob,
                                                    IBackgroundCopyFile* pFile) = 0;
};

struct IBackgroundCopyCallback3 : IBackgroundCopyCallback2 {
  static constexpr Iid<IBackgroundCopyCallback3> kIid{"98c97bd2-e32b-4ad8-a528-95fd8b16bd42"};

  virtual HRESULT STDMETHODCALLTYPE FileRangesTransferred(IBackgroundCopyJob* job,
                                                          IBackgroundCopyFile* file,
                                                          DWORD rangeCount,
                                                          const BG_FILE_RANGE* ranges) = 0;
};

struct AsyncIBackgroundCopyCallback : IUnknown {
  static constexpr Iid<AsyncIBackgroundCopyCallback> kIid{"ca29d251-b4bb-4679-a3d9-ae8006119d54"};

  virtual HRESULT STDMETHODCALLTYPE Begin_JobTransferred(IBackgroundCopyJob* pJob) = 0;
  virtual HRESULT STDMETHODCALLTYPE Finish_JobTransferred() = 0;
  virtual HRESULT STDMETHODCALLTYPE Begin_JobError(IBackgroundCopyJob* pJob,
                                                   IBackgroundCopyError* pError) = 0;
  virtual HRESULT STDMETHODCALLTYPE Finish_JobError() = 0;
  virtual HRESULT STDMETHODCALLTYPE Begin_JobModification(IBackgroundCopyJob* pJob,
                                                          DWORD dwReserved) = 0;
  virtual HRESULT STDMETHODCALLTYPE Finish_JobModification() = 0;
};

struct IBackgroundCopyServerCertificateValidationCallback : IUnknown {
  static constexpr Iid<IBackgroundCopyServerCertificateValidationCallback> kIid{
      "4cec0d02-def7-4158-813a-c32a46945ff7"};

  virtual HRESULT STDMETHODCALLTYPE ValidateServerCertificate(IBackgroundCopyJob* job,
                                                              IBackgroundCopyFile* file,
                                                              DWORD certLength,
                                                              const BYTE* certData,
                                                              DWORD certEncodingType,
                                                              DWORD certStoreLength,
                                                              const BYTE* certStoreData) = 0;
};

}  // namespace dosvc::abi
