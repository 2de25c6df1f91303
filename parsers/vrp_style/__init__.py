"""What Huawei VRP and HPE or H3C Comware share: their text, their access lists, their zones."""
